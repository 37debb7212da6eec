package chat.chatto.core.room;

import chat.chatto.core.Names;
import chat.chatto.core.account.UserId;
import chat.chatto.core.stored.v1.StoredRoom;

import java.time.Instant;

/**
 * One room in memory.
 *
 * @param comparableName as {@link Names#comparable}; the name's object where it is the same
 * @param revision the latest change of the room itself
 */
record RoomRow(
        RoomId id,
        String name,
        String comparableName,
        String description,
        boolean archived,
        int shard,
        UserId createdBy,
        long createdAtMillis,
        long revision,
        Members members) {

    static RoomRow of(StoredRoom stored, UserId createdBy, long revision, Members members) {
        String name = stored.getName();
        String comparable = Names.comparable(name);
        return new RoomRow(
                members.room(),
                name,
                comparable.equals(name) ? name : comparable,
                stored.getDescription(),
                stored.getArchived(),
                stored.getShard(),
                createdBy,
                stored.getCreatedAtMillis(),
                revision,
                members);
    }

    Room room() {
        return new Room(
                id,
                name,
                description,
                archived,
                shard,
                createdBy,
                Instant.ofEpochMilli(createdAtMillis),
                members.table().in(),
                Math.max(revision, members.revision()));
    }
}
