package chat.chatto.core.room;

/** Where the main lines of rooms end. */
public interface RoomHeads {

    /** The ordinal of the newest message in the room's main line, -1 when it has none; from memory. */
    long head(RoomId room);
}
