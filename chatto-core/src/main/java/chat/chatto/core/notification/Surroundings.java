package chat.chatto.core.notification;

import chat.chatto.core.account.UserId;
import chat.chatto.core.room.RoomId;

import java.time.Instant;
import java.util.Collection;

/** What is known of people and rooms when it is decided who is notified. */
interface Surroundings {

    /** Whether a room is a conversation of a few people only. */
    boolean direct(RoomId room);

    Collection<UserId> members(RoomId room);

    /** Whether a person may read a room. */
    boolean member(RoomId room, UserId user);

    /** The members of a room who have a role. */
    Collection<UserId> holders(RoomId room, String role);

    boolean offline(UserId user);

    /** Whether a person does not want to be disturbed at a time. */
    boolean undisturbed(UserId user, Instant at);

    NotificationSettings settings(UserId user);

    /** Whoever may wish for every message of a room. */
    Collection<UserId> watchers(RoomId room);
}
