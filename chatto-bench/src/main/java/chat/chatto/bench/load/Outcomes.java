package chat.chatto.bench.load;

import org.HdrHistogram.Histogram;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of the requests of one worker: latencies of the successful ones, and a count for each status or failure. Not
 * thread-safe; each worker has one and {@link #add} gathers them when all have ended.
 */
final class Outcomes {

    private static final long HIGHEST_NANOS = 600_000_000_000L;
    private static final int SIGNIFICANT_DIGITS = 3;

    private final Histogram latencies = new Histogram(1_000, HIGHEST_NANOS, SIGNIFICANT_DIGITS);
    private final Map<String, Long> counts = new TreeMap<>();
    private long inTime;

    /**
     * Counts an answer.
     *
     * @param timely whether it came before the measured period ended, so that it counts for the rate
     */
    void answered(int status, long nanos, boolean timely) {
        count(Integer.toString(status));
        if (status >= 200 && status < 300) {
            latencies.recordValue(Math.clamp(nanos, 0, HIGHEST_NANOS));
            if (timely) {
                inTime++;
            }
        }
    }

    void failed(IOException failure) {
        count(failure instanceof SocketTimeoutException ? "timeout" : "disconnected");
    }

    void add(Outcomes other) {
        latencies.add(other.latencies);
        other.counts.forEach((outcome, number) -> counts.merge(outcome, number, Long::sum));
        inTime += other.inTime;
    }

    Latency latency() {
        return Latency.of(latencies);
    }

    Map<String, Long> counts() {
        return Map.copyOf(counts);
    }

    /** Successful requests that were answered within the measured period. */
    long inTime() {
        return inTime;
    }

    private void count(String outcome) {
        counts.merge(outcome, 1L, Long::sum);
    }
}
