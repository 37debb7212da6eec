package chat.chatto.core.timeline;

import chat.chatto.core.ChattoException;
import chat.chatto.core.account.UserId;
import chat.chatto.core.emoji.UnicodeEmoji;
import chat.chatto.core.room.RoomId;
import chat.chatto.core.room.SlowMode;

import java.util.Optional;

/** Who may do what in a room's timelines, decided from state in memory. Safe for use by many threads. */
public interface TimelineAccess {

    /**
     * The shard that holds the room's timelines.
     *
     * @throws chat.chatto.core.ChattoException NOT_FOUND for an unknown room
     */
    int shard(RoomId room);

    /**
     * @throws chat.chatto.core.ChattoException NOT_FOUND or FORBIDDEN when the user may not read the room
     */
    void checkRead(UserId user, RoomId room);

    /** Whether the user may read the room, as far as is in memory. */
    boolean mayRead(UserId user, RoomId room);

    /**
     * Asked before somebody changes what is their own.
     *
     * @throws chat.chatto.core.ChattoException NOT_FOUND, FORBIDDEN or ARCHIVED when the user may not read the room or nobody may write
     *     into it
     */
    void checkWrite(UserId user, RoomId room);

    /**
     * @throws chat.chatto.core.ChattoException as {@link #checkWrite}, and FORBIDDEN when the action is not permitted to the user
     */
    void check(UserId user, RoomId room, TimelineAction action);

    /** Whether the user may delete what others wrote. */
    boolean mayModerate(UserId user, RoomId room);

    /**
     * Takes the user's turn to post, where a room makes people wait between two messages.
     *
     * @param attempt tells a retry of the same message; empty when it cannot be told
     * @throws chat.chatto.core.ChattoException RATE_LIMITED when it is too soon, UNAVAILABLE
     */
    default SlowMode.Turn takeTurn(UserId author, RoomId room, Optional<String> attempt) {
        return SlowMode.Turn.FREE;
    }

    /**
     * Whether people may react with this: with Unicode emoji, and with what else an implementation knows.
     *
     * @throws chat.chatto.core.ChattoException INVALID when they may not
     */
    default void checkEmoji(String emoji) {
        if (!UnicodeEmoji.matches(emoji)) {
            throw ChattoException.invalid("emoji", "must be one Unicode emoji");
        }
    }
}
