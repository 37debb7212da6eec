package chat.chatto.bench.report;

import java.util.ArrayList;
import java.util.List;

/** A linear axis from zero to a round value between two pixels. */
record LinearScale(double top, double step, double from, double to) {

    private static final int WANTED_TICKS = 5;
    private static final double[] ROUND_STEPS = {1, 2, 2.5, 5, 10};

    static LinearScale covering(double largest, double from, double to) {
        double step = roundStep(Math.max(largest, 1e-9) / WANTED_TICKS);
        return new LinearScale(step * Math.ceil(largest / step - 1e-9), step, from, to);
    }

    double at(double value) {
        return from + value / top * (to - from);
    }

    List<Double> ticks() {
        List<Double> ticks = new ArrayList<>();
        for (int tick = 0; tick * step <= top * (1 + 1e-9); tick++) {
            ticks.add(tick * step);
        }
        return ticks;
    }

    private static double roundStep(double least) {
        double magnitude = Math.pow(10, Math.floor(Math.log10(least)));
        for (double factor : ROUND_STEPS) {
            if (factor * magnitude >= least * (1 - 1e-9)) {
                return factor * magnitude;
            }
        }
        return 10 * magnitude;
    }
}
