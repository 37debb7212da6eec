package chat.chatto.core.room;

import chat.chatto.core.Names;
import chat.chatto.core.account.UserId;
import chat.chatto.core.stored.v1.StoredRoom;
import chat.chatto.core.stored.v1.StoredRoomKind;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * One room in memory.
 *
 * @param comparableName as {@link Names#comparable}; the name's object where it is the same
 * @param group means nothing for a conversation
 * @param revision the latest change of the room itself
 */
record RoomRow(
        RoomId id,
        RoomKind kind,
        String name,
        String comparableName,
        String description,
        boolean archived,
        int shard,
        UserId createdBy,
        long createdAtMillis,
        GroupId group,
        long rank,
        boolean universal,
        boolean everUniversal,
        long firstNews,
        int slowModeSeconds,
        long revision,
        Members members) {

    static RoomRow of(
            StoredRoom stored, UserId createdBy, GroupId group, long revision, Members members) {
        String name = stored.getName();
        String comparable = Names.comparable(name);
        return new RoomRow(
                members.room(),
                stored.getKind() == StoredRoomKind.STORED_ROOM_KIND_DIRECT_MESSAGE
                        ? RoomKind.DIRECT_MESSAGE
                        : RoomKind.CHANNEL,
                name,
                comparable.equals(name) ? name : comparable,
                stored.getDescription(),
                stored.getArchived(),
                stored.getShard(),
                createdBy,
                stored.getCreatedAtMillis(),
                group,
                stored.getRank(),
                stored.getUniversal(),
                stored.getUniversal() || stored.getFormerlyUniversal(),
                stored.getUniversalAfter(),
                stored.getSlowModeSeconds(),
                revision,
                members);
    }

    /** @param everybody how many accounts there are: all of them belong to a universal room */
    Room room(long everybody) {
        return new Room(
                id,
                kind,
                name,
                description,
                archived,
                shard,
                createdBy,
                Instant.ofEpochMilli(createdAtMillis),
                universal ? everybody : members.table().in(),
                Math.max(revision, members.revision()),
                direct() ? Optional.empty() : Optional.of(group),
                rank,
                universal,
                firstNews,
                Duration.ofSeconds(slowModeSeconds),
                direct() ? Set.copyOf(members.table().keysIn()) : Set.of());
    }

    boolean direct() {
        return kind == RoomKind.DIRECT_MESSAGE;
    }
}
