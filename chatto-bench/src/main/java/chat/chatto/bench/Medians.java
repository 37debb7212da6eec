package chat.chatto.bench;

import java.util.Arrays;

/** The middle of several runs. */
final class Medians {

    private Medians() {}

    /** The median; of an even number of values, the mean of the middle two. @throws IllegalArgumentException without values */
    static double of(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("no values");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
