package chat.chatto.core.room;

import static chat.chatto.core.server.Records.FORMAT;

import chat.chatto.core.ChattoException;
import chat.chatto.core.ErrorCode;
import chat.chatto.core.server.ServerBucket;
import chat.chatto.core.stored.v1.StoredRoom;
import chat.chatto.core.stored.v1.StoredRoomName;
import chat.chatto.storage.KeyValueStore.Entry;
import chat.chatto.storage.KeyValueStore.Write;

import java.util.ArrayList;
import java.util.List;

/** The records of channels, and of the names that they reserve. Safe for use by many threads. */
final class RoomRecords {

    private final ServerBucket server;

    RoomRecords(ServerBucket server) {
        this.server = server;
    }

    /** Where a new room's messages go: spread evenly, and the same for every attempt to make the room. */
    static int shard(RoomId room, int shards) {
        return 1 + Math.floorMod(room.value().hashCode(), shards);
    }

    List<Write> creation(RoomId id, StoredRoom room) {
        return List.of(
                new Write.Create(RoomNames.key(room.getName()), reservation(id)),
                new Write.Create(RoomDirectory.roomKey(id), room.toByteArray()));
    }

    /**
     * @throws ChattoException NAME_TAKEN
     */
    List<Write> rewriting(RoomId room, Entry entry, StoredRoom former, StoredRoom changed) {
        List<Write> writes = new ArrayList<>();
        String released = RoomNames.key(former.getName());
        String reserved = RoomNames.key(changed.getName());
        if (!released.equals(reserved)) {
            if (server.read(reserved).isPresent()) {
                throw taken(changed.getName());
            }
            writes.add(new Write.Create(reserved, reservation(room)));
            server.read(released)
                    .ifPresent(held -> writes.add(new Write.Remove(released, held.revision())));
        }
        writes.add(new Write.Update(entry.key(), changed.toByteArray(), entry.revision()));
        return writes;
    }

    /**
     * Makes sure that a group is still there when a room comes into it: whoever deletes the group meanwhile is refused, or refuses this.
     *
     * @throws ChattoException INVALID for a group that does not exist
     */
    List<Write> holding(GroupId group) {
        if (group.equals(GroupId.LOBBY)) {
            return List.of(); // It is always there.
        }
        Entry entry =
                server.read(GroupDirectory.key(group))
                        .orElseThrow(
                                () ->
                                        ChattoException.invalid(
                                                "groupId", "is not the id of a group of rooms"));
        return List.of(new Write.Update(entry.key(), entry.value(), entry.revision()));
    }

    /** How a record names its group. */
    static String stored(GroupId group) {
        return group.equals(GroupId.LOBBY) ? "" : group.value();
    }

    boolean nameTaken(String name) {
        return server.read(RoomNames.key(name)).isPresent();
    }

    static ChattoException taken(String name) {
        return ChattoException.of(
                ErrorCode.NAME_TAKEN, "There is a room called " + name + ": choose another name");
    }

    private static byte[] reservation(RoomId room) {
        return StoredRoomName.newBuilder()
                .setFormat(FORMAT)
                .setRoom(room.value())
                .build()
                .toByteArray();
    }
}
