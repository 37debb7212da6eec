package chat.chatto.core.room;

/** What a room is for. */
public enum RoomKind {
    /** People join it, and it has a name. */
    CHANNEL,
    /** Belongs to its participants alone. */
    DIRECT_MESSAGE
}
