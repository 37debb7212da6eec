package chat.chatto.core.timeline;

import chat.chatto.core.room.RoomId;

import java.util.OptionalLong;

/**
 * One numbered line of messages: a room's main line, or the replies of one thread.
 *
 * @param threadRoot the ordinal, in the main line, of the message that the thread hangs on; empty for the main line
 */
public record TimelineId(RoomId room, OptionalLong threadRoot) {

    public TimelineId {
        if (threadRoot.isPresent() && threadRoot.getAsLong() < 0) {
            throw new IllegalArgumentException("Ordinals start at 0: " + threadRoot.getAsLong());
        }
    }

    /** The main line of a room. */
    public static TimelineId main(RoomId room) {
        return new TimelineId(room, OptionalLong.empty());
    }

    /** The replies of the message with this ordinal in the main line. */
    public static TimelineId thread(RoomId room, long root) {
        return new TimelineId(room, OptionalLong.of(root));
    }

    public boolean isThread() {
        return threadRoot.isPresent();
    }

    /**
     * The message of the main line that this thread hangs on.
     *
     * @throws java.util.NoSuchElementException for a main line
     */
    public MessageAddress root() {
        return new MessageAddress(main(room), threadRoot.orElseThrow());
    }
}
