package chat.chatto.core.room;

import chat.chatto.core.Names;
import chat.chatto.core.account.UserId;
import chat.chatto.core.stored.v1.StoredRoom;
import chat.chatto.core.stored.v1.StoredRoomKind;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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
        RoomKind kind,
        Optional<GroupId> group,
        Set<UserId> participants,
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
                kind(stored.getKind()),
                stored.getGroup().isEmpty()
                        ? Optional.empty()
                        : Optional.of(new GroupId(stored.getGroup())),
                stored.getParticipantsList().stream()
                        .map(UserId::new)
                        .collect(Collectors.toUnmodifiableSet()),
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
                kind,
                group,
                participants,
                shard,
                createdBy,
                Instant.ofEpochMilli(createdAtMillis),
                members.table().in(),
                Math.max(revision, members.revision()));
    }

    private static RoomKind kind(StoredRoomKind stored) {
        return stored == StoredRoomKind.STORED_ROOM_KIND_DIRECT_MESSAGE
                ? RoomKind.DIRECT_MESSAGE
                : RoomKind.CHANNEL;
    }
}
