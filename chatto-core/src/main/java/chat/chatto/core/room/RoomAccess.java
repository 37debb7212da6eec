package chat.chatto.core.room;

import chat.chatto.core.account.UserId;
import chat.chatto.storage.KeyValueStore.Write;

import java.util.Optional;

/**
 * Who may do what with rooms, decided from state in memory, except that storage is asked before somebody is refused: another server may
 * have permitted it a moment ago. Safe for use by many threads.
 */
public interface RoomAccess {

    /** Whether a person belongs to a room and nothing shuts them out of it, from memory. */
    boolean mayRead(UserId user, RoomId room);

    /**
     * @throws chat.chatto.core.ChattoException NOT_FOUND or FORBIDDEN unless the person belongs to the room and nothing shuts them out;
     *     UNAVAILABLE when it would be a no and storage is away
     */
    void checkRead(UserId user, RoomId room);

    /** Whether a person may know of a room: who may read, list, join or manage it. */
    boolean maySee(UserId user, Room room);

    /** Whether a person may do something with a room, from memory; false for a room this server does not know. */
    boolean may(UserId user, RoomAction action, RoomId room);

    /**
     * @throws chat.chatto.core.ChattoException NOT_FOUND, FORBIDDEN naming what is missing, or UNAVAILABLE when it would be a no and
     *     storage is away
     */
    void check(UserId user, RoomAction action, RoomId room);

    /**
     * @param group where the room is to be made
     * @throws chat.chatto.core.ChattoException FORBIDDEN when the person may not make rooms there, UNAVAILABLE
     */
    void checkCreate(UserId user, Optional<GroupId> group);

    /**
     * @throws chat.chatto.core.ChattoException FORBIDDEN when the person may not arrange the server's rooms in groups, UNAVAILABLE
     */
    void checkArrange(UserId user);

    /**
     * Lets who makes a room manage it, as a part of making it.
     *
     * @param hidden whether the room shows itself to those only who belong to it
     */
    Write creation(RoomId room, UserId creator, boolean hidden);

    /** Lets administrators alone post into a room, as a part of making it. */
    Write announcing(RoomId room);

    /** Whether a room shows itself to those only who belong to it. */
    boolean isPrivate(RoomId room);

    /**
     * Makes a room show itself to those only who belong to it, or to everybody again.
     *
     * @throws chat.chatto.core.ChattoException FORBIDDEN unless the person may manage the room, CONFLICT, UNAVAILABLE
     */
    void setPrivate(UserId actor, RoomId room, boolean hidden);
}
