package chat.chatto.bench.load;

import java.time.Duration;

/**
 * A warm-up followed by the measured period, on the clock of {@link System#nanoTime()}.
 *
 * @param start when load begins
 * @param measured when the warm-up ends
 * @param end when no further request is begun
 */
record Period(long start, long measured, long end) {

    static Period startingAt(long nanoTime, Duration warmUp, Duration length) {
        long measured = nanoTime + warmUp.toNanos();
        return new Period(nanoTime, measured, measured + length.toNanos());
    }

    /** Whether a request begun (or due) at that time belongs to the result. */
    boolean counts(long nanoTime) {
        return nanoTime - measured >= 0 && nanoTime - end < 0;
    }

    boolean ended(long nanoTime) {
        return nanoTime - end >= 0;
    }

    double seconds() {
        return (end - measured) / 1e9;
    }
}
