package chat.chatto.core.timeline;

/**
 * Consecutive ordinals; none when {@code last < first}.
 *
 * @param last inclusive
 */
record Range(long first, long last) {

    /** The ordinals that a position means in a timeline that ends at {@code head}. */
    static Range of(Position position, int limit, long head) {
        return switch (position) {
            // Where a message was posted then, its ordinal is known by now.
            case Position.Newest _, Position.At _ -> endingAt(head, limit);
            case Position.Before before -> endingAt(Math.min(head, before.ordinal() - 1), limit);
            case Position.After after -> {
                long first = Math.max(0, after.ordinal() + 1);
                yield new Range(first, Math.min(head, first + limit - 1));
            }
            case Position.Around around -> {
                long centre = Math.clamp(around.ordinal(), 0, Math.max(0, head));
                long last = Math.min(head, Math.max(0, centre - limit / 2) + limit - 1);
                yield endingAt(last, limit);
            }
        };
    }

    private static Range endingAt(long last, int limit) {
        return new Range(Math.max(0, last - limit + 1), last);
    }

    int size() {
        return (int) Math.max(0, last - first + 1);
    }
}
