package chat.chatto.core.room;

import chat.chatto.core.account.UserId;

/**
 * A change of a room or of who belongs to it. Every server sees all of them, in the same order, but for those that a clock brings about:
 * when a ban runs out.
 */
public sealed interface RoomEvent {

    record Created(Room room) implements RoomEvent {}

    record Updated(Room room) implements RoomEvent {}

    /** From now on everybody belongs to the room, or no longer. Follows the update that says so. */
    record Universal(Room room) implements RoomEvent {}

    record Joined(RoomId room, UserId user) implements RoomEvent {}

    record Left(RoomId room, UserId user) implements RoomEvent {}
}
