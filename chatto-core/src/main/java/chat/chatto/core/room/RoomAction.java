package chat.chatto.core.room;

/** What somebody may be permitted to do with a room. */
public enum RoomAction {
    /** See that there is the room. */
    LIST,
    /** Become one of those who belong to it. */
    JOIN,
    /** Change it, archive it, and add people to it. */
    MANAGE,
    /** Remove people from it, and keep them out. */
    BAN,
    /** Delete what others wrote in it. */
    MODERATE
}
