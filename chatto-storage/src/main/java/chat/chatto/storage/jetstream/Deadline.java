package chat.chatto.storage.jetstream;

import chat.chatto.storage.UnavailableException;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A moment by which an operation must have ended, and pauses between its attempts. */
final class Deadline {

    private static final long FIRST_PAUSE_MILLIS = 1;
    private static final long LONGEST_PAUSE_MILLIS = 50;

    private final long end;
    private long pauseMillis = FIRST_PAUSE_MILLIS;

    private Deadline(long end) {
        this.end = end;
    }

    static Deadline after(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    boolean passed() {
        return end - System.nanoTime() <= 0;
    }

    /** What is left, never less than a millisecond. */
    Duration remaining() {
        return Duration.ofNanos(
                Math.max(TimeUnit.MILLISECONDS.toNanos(1), end - System.nanoTime()));
    }

    /** Sleeps a little, longer each time. */
    void pause() {
        try {
            Thread.sleep(Math.min(pauseMillis, remaining().toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("Interrupted between two attempts", e);
        }
        pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
    }
}
