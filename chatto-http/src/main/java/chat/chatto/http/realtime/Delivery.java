package chat.chatto.http.realtime;

import chat.chatto.core.account.UserId;
import chat.chatto.core.room.RoomId;

import java.util.Optional;

/** A frame and whom it is for. */
sealed interface Delivery {

    Frame frame();

    /** @param except whose own doing it is, who need not be told */
    record ToRoom(RoomId room, Optional<UserId> except, Frame frame) implements Delivery {}

    record ToUser(UserId user, Frame frame) implements Delivery {}

    record ToAll(Frame frame) implements Delivery {}

    /** For the members, among whom the user is from now on. */
    record Joined(RoomId room, UserId user, Frame frame) implements Delivery {}

    /** For the members, among whom the user was until now. */
    record Left(RoomId room, UserId user, Frame frame) implements Delivery {}
}
