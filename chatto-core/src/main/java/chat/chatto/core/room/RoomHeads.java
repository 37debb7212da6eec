package chat.chatto.core.room;

import java.time.Instant;
import java.util.Optional;

/** Where the main lines of rooms end. */
public interface RoomHeads {

    /** The ordinal of the newest message in the room's main line, -1 when it has none; from memory. */
    long head(RoomId room);

    /**
     * The same, but asking storage when memory does not reach as far as somebody says that the room does: they may have it from another
     * server.
     *
     * @throws chat.chatto.core.ChattoException UNAVAILABLE when storage has to be asked and is away, HISTORY_DAMAGED
     */
    default long head(RoomId room, long expected) {
        return head(room);
    }

    /** When something last happened in the room's timelines, as far as this server knows; empty when nothing ever did. */
    default Optional<Instant> lastActivity(RoomId room) {
        return Optional.empty();
    }
}
