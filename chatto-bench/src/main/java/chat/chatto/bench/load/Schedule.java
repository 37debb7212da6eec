package chat.chatto.bench.load;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The times at which an open loop intends to send: a Poisson process of a given rate, fixed before the run so that a slow server
 * cannot slow it down. Offsets are nanoseconds from the start, ascending.
 */
final class Schedule {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final int MAX_REQUESTS = 50_000_000;

    private final long[] offsets;

    private Schedule(long[] offsets) {
        this.offsets = offsets;
    }

    /**
     * Independent arrivals, as many people make them.
     *
     * @param rate requests a second
     */
    static Schedule poisson(double rate, Duration length, RandomGenerator random) {
        long[] offsets = new long[size(rate, length)];
        double at = 0;
        for (int i = 0; i < offsets.length; i++) {
            at += random.nextExponential() * NANOS_PER_SECOND / rate;
            offsets[i] = (long) at;
        }
        return new Schedule(offsets);
    }

    /**
     * Evenly spaced arrivals.
     *
     * @param rate requests a second
     */
    static Schedule even(double rate, Duration length) {
        long[] offsets = new long[size(rate, length)];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = (long) (i * NANOS_PER_SECOND / rate);
        }
        return new Schedule(offsets);
    }

    int size() {
        return offsets.length;
    }

    long offset(int index) {
        return offsets[index];
    }

    private static int size(double rate, Duration length) {
        double requests = rate * length.toNanos() / NANOS_PER_SECOND;
        if (rate <= 0 || requests > MAX_REQUESTS) {
            throw new IllegalArgumentException(
                    "cannot schedule " + requests + " requests at " + rate + "/s");
        }
        return (int) requests;
    }
}
