package chat.chatto.core.search;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Keeps a thread from taking a whole processor: it rests as it worked. For one thread. */
final class Pace {

    /** Shorter rests are put off. */
    private static final long SHORTEST_NANOS = Duration.ofMillis(5).toNanos();

    private static final long LONGEST_NANOS = Duration.ofMillis(500).toNanos();

    private final CountDownLatch end;
    private long restNanos;
    private long since = System.nanoTime();

    /** @param end ends every rest */
    Pace(CountDownLatch end) {
        this.end = end;
    }

    /** Work begins. */
    void begin() {
        since = System.nanoTime();
    }

    /**
     * Rests for work that is done.
     *
     * @param share of a processor that the work may take, above 0 and up to 1
     */
    void rest(double share) throws InterruptedException {
        long worked = System.nanoTime() - since;
        restNanos = Math.min(LONGEST_NANOS, restNanos + (long) (worked * (1 / share - 1)));
        if (restNanos >= SHORTEST_NANOS) {
            long before = System.nanoTime();
            pause(Duration.ofNanos(restNanos));
            restNanos -= System.nanoTime() - before;
        }
        since = System.nanoTime();
    }

    /** Waits, however much was worked. */
    void pause(Duration time) throws InterruptedException {
        if (end.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new InterruptedException("The end");
        }
    }
}
