package chat.chatto.bench.load;

import org.HdrHistogram.Histogram;

/** A summary of latencies, in milliseconds; all zero when nothing was recorded. */
public record Latency(long count, double p50, double p90, double p99, double p999, double max) {

    private static final double NANOS_PER_MILLI = 1_000_000;

    /** Summarises a histogram of nanoseconds. */
    public static Latency of(Histogram nanos) {
        return new Latency(
                nanos.getTotalCount(),
                millis(nanos, 50),
                millis(nanos, 90),
                millis(nanos, 99),
                millis(nanos, 99.9),
                millis(nanos, 100));
    }

    private static double millis(Histogram nanos, double percentile) {
        return nanos.getTotalCount() == 0
                ? 0
                : nanos.getValueAtPercentile(percentile) / NANOS_PER_MILLI;
    }
}
