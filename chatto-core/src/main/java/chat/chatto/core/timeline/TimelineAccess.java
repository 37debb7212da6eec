package chat.chatto.core.timeline;

import chat.chatto.core.account.UserId;
import chat.chatto.core.room.RoomId;

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

    /**
     * @throws chat.chatto.core.ChattoException NOT_FOUND, FORBIDDEN or ARCHIVED when the user may not write into the room
     */
    void checkWrite(UserId user, RoomId room);

    /** Whether the user may delete what others wrote. */
    boolean mayModerate(UserId user, RoomId room);
}
