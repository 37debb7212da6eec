package chat.chatto.bench.report;

import java.util.ArrayList;
import java.util.List;

/** A logarithmic axis over whole powers of ten that hold all values between two pixels. */
record LogScale(double low, double high, double from, double to) {

    /** @throws IllegalArgumentException when a value is not positive */
    static LogScale covering(double smallest, double largest, double from, double to) {
        if (smallest <= 0 || largest < smallest) {
            throw new IllegalArgumentException(
                    "a logarithmic axis cannot hold " + smallest + " to " + largest);
        }
        double low = Math.floor(Math.log10(smallest) + 1e-9);
        double high = Math.max(low + 1, Math.ceil(Math.log10(largest) - 1e-9));
        return new LogScale(low, high, from, to);
    }

    double at(double value) {
        return from + (Math.log10(value) - low) / (high - low) * (to - from);
    }

    /** The powers of ten. */
    List<Double> ticks() {
        List<Double> ticks = new ArrayList<>();
        for (double exponent = low; exponent <= high; exponent++) {
            ticks.add(Math.pow(10, exponent));
        }
        return ticks;
    }
}
