package chat.chatto.bench.load;

import java.time.Duration;

/** Collects outcomes of asynchronous requests over one period. Safe for use by many threads. */
public final class Measured {

    private static final int SUCCESS = 200;
    private static final int FAILURE = 500;

    private final Period period;
    private final CpuClock cpu = new CpuClock();
    private final Outcomes outcomes = new Outcomes();

    private Measured(Period period) {
        this.period = period;
    }

    /** Starts the warm-up now. */
    public static Measured begin(Duration warmUp, Duration length) {
        return new Measured(Period.startingAt(System.nanoTime(), warmUp, length));
    }

    public long now() {
        return System.nanoTime();
    }

    public boolean ended(long nanoTime) {
        return period.ended(nanoTime);
    }

    /** Records the end of a request that began at that time. */
    public synchronized void record(long since, boolean succeeded) {
        long now = System.nanoTime();
        if (period.counts(since)) {
            outcomes.answered(succeeded ? SUCCESS : FAILURE, now - since, !period.ended(now));
        }
    }

    /** What was recorded so far. */
    public synchronized LoadResult result(String scenario) {
        return LoadResult.of(scenario, outcomes, period, cpu.busyProcessors());
    }
}
