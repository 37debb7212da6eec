package chat.chatto.core.timeline;

/**
 * Where a message stands.
 *
 * @param ordinal its number in the timeline, from 0
 */
public record MessageAddress(TimelineId timeline, long ordinal) {

    public MessageAddress {
        if (ordinal < 0) {
            throw new IllegalArgumentException("Ordinals start at 0: " + ordinal);
        }
    }
}
