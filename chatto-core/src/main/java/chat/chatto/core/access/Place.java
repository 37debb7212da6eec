package chat.chatto.core.access;

import chat.chatto.core.account.UserId;
import chat.chatto.core.room.GroupId;
import chat.chatto.core.room.Room;
import chat.chatto.core.room.RoomId;

import java.util.Optional;
import java.util.Set;

/** Where somebody wants to do something. */
public sealed interface Place {

    /** Nowhere in particular. */
    record OnServer() implements Place {}

    record InGroup(GroupId group) implements Place {}

    /** @param group empty for a room that is in no group */
    record InRoom(RoomId room, Optional<GroupId> group) implements Place {}

    /** In a direct message, where nothing can be granted but what holds on the server. */
    record InDirectMessage(RoomId room, Set<UserId> participants) implements Place {

        public InDirectMessage {
            participants = Set.copyOf(participants);
        }
    }

    /** In this room. */
    static Place in(Room room) {
        return switch (room.kind()) {
            case CHANNEL -> new InRoom(room.id(), room.group());
            case DIRECT_MESSAGE -> new InDirectMessage(room.id(), room.participants());
        };
    }
}
