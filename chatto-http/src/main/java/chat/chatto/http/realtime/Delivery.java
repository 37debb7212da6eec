package chat.chatto.http.realtime;

import chat.chatto.core.account.UserId;
import chat.chatto.core.room.RoomId;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** A frame and whom it is for. */
sealed interface Delivery {

    /** @param except whose own doing it is, who need not be told */
    record ToRoom(RoomId room, Optional<UserId> except, Frame frame) implements Delivery {}

    record ToUser(UserId user, Frame frame) implements Delivery {}

    record ToAll(Frame frame) implements Delivery {}

    /** @param concerned who is told */
    record ToThose(Predicate<UserId> concerned, Frame frame) implements Delivery {}

    /**
     * For people of whom it has to be looked up anew which rooms they may read.
     *
     * @param readable the rooms that a person may read
     */
    record AccessChanged(
            Predicate<UserId> concerned, Function<UserId, Set<RoomId>> readable, Frame frame)
            implements Delivery {}

    /** For the members, among whom the user is from now on. */
    record Joined(RoomId room, UserId user, Frame frame) implements Delivery {}

    /** For the members, among whom the user was until now. */
    record Left(RoomId room, UserId user, Frame frame) implements Delivery {}

    /**
     * Who belongs to the room is to be found out anew for everybody.
     *
     * @param member decides quickly, and without blocking
     * @param left tells a person that they no longer belong to it
     */
    record Reassigned(RoomId room, Predicate<UserId> member, Function<UserId, Frame> left)
            implements Delivery {}
}
