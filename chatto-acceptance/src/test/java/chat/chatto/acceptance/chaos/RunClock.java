package chat.chatto.acceptance.chaos;

/** Milliseconds since the run began. Safe for use by many threads. */
final class RunClock {

    private final long begin = System.nanoTime();

    long millis() {
        return (System.nanoTime() - begin) / 1_000_000;
    }
}
