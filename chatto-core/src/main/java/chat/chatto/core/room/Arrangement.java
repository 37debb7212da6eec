package chat.chatto.core.room;

import chat.chatto.core.ChattoException;
import chat.chatto.core.server.Records;
import chat.chatto.core.server.ServerBucket;
import chat.chatto.core.stored.v1.StoredRoom;
import chat.chatto.storage.KeyValueStore.Entry;
import chat.chatto.storage.KeyValueStore.Write;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Puts the rooms of a group into an order that people chose. Only rooms that somebody moved, and those before them, have a rank; all others
 * follow by name, so that a new room needs none. Ranks have gaps: a room that moves between two others is mostly the only one to be written.
 */
final class Arrangement {

    /** The furthest place a room can be moved to; beyond, rooms are in the order of their names. */
    static final int PLACES = 200;

    /** Between two ranks; the first one. */
    static final long GAP = 1L << 20;

    private final ServerBucket server;
    private final RoomDirectory directory;

    Arrangement(ServerBucket server, RoomDirectory directory) {
        this.server = server;
        this.directory = directory;
    }

    /** The order of a group's rooms. */
    static Comparator<RoomRow> order() {
        return Comparator.comparingLong(Arrangement::rank).thenComparing(RoomRow::comparableName);
    }

    /** What a room is sorted by first; without a rank it comes after all that have one. */
    static long rank(RoomRow row) {
        return row.rank() == 0 ? Long.MAX_VALUE : row.rank();
    }

    /**
     * Moves a room within its group.
     *
     * @param moved its new rank is put in here
     * @param visible which rooms the places are counted by
     * @param writes what has to be written of other rooms is added here
     * @throws ChattoException INVALID for a place that is too far off
     */
    void move(
            RoomId room,
            GroupId group,
            int position,
            StoredRoom.Builder moved,
            Predicate<Room> visible,
            List<Write> writes) {
        List<RoomRow> others =
                directory.rows().stream()
                        .filter(row -> !row.direct() && row.group().equals(group))
                        .filter(row -> !row.id().equals(room))
                        .sorted(order())
                        .collect(Collectors.toCollection(ArrayList::new));
        int at = index(others, position, visible);
        if (at > PLACES) {
            throw ChattoException.invalid("position", "must be 0 to " + PLACES);
        }
        long before = at == 0 ? 0 : others.get(at - 1).rank();
        long after = at == others.size() ? 0 : others.get(at).rank();
        if ((at > 0 && before == 0) || (after != 0 && after - before < 2)) {
            rankAll(others, at, moved, writes);
        } else {
            moved.setRank(after == 0 ? before + GAP : before + (after - before) / 2);
        }
    }

    /** Where among all rooms the place is that the actor means, who does not see all of them. */
    private int index(List<RoomRow> others, int position, Predicate<Room> visible) {
        int seen = 0;
        for (int at = 0; at < others.size(); at++) {
            if (visible.test(directory.room(others.get(at))) && seen++ == position) {
                return at;
            }
        }
        return others.size();
    }

    /** Gives the moved room, those before it, and those after it that have a rank, new ones with all gaps between them. */
    private void rankAll(
            List<RoomRow> others, int at, StoredRoom.Builder moved, List<Write> writes) {
        long rank = 0;
        for (int index = 0; index < others.size() && writes.size() < 2 * PLACES; index++) {
            if (index == at) {
                rank += GAP;
                moved.setRank(rank);
            }
            RoomRow row = others.get(index);
            if (index >= at && row.rank() == 0) {
                return;
            }
            rank += GAP;
            if (row.rank() != rank) {
                writes.add(ranking(row.id(), rank));
            }
        }
        if (at == others.size()) {
            moved.setRank(rank + GAP);
        }
    }

    private Write ranking(RoomId room, long rank) {
        Entry entry =
                server.read(RoomDirectory.roomKey(room))
                        .orElseThrow(() -> RoomDirectory.unknown(room));
        StoredRoom stored = Records.parse(StoredRoom.parser(), entry.value());
        return new Write.Update(
                entry.key(),
                stored.toBuilder().setRank(rank).build().toByteArray(),
                entry.revision());
    }
}
