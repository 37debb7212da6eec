package chat.chatto.bench.load;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** As many different words as people use, as often as people use them: the second about half as often as the first, the third a third. Immutable. */
public final class ManyWords {

    private static final int COUNT = 50_000;
    private static final String[] SYLLABLES = {
        "ka", "to", "mi", "re", "lo", "sa", "ne", "du", "vi", "po", "ga", "li", "mo", "ra", "se",
        "tu"
    };
    private static final String[] ENDINGS = {"s", "ed", "ing", "er"};

    /** One word in so many has an ending. */
    private static final int PLAIN = 5;

    private final double[] shares = new double[COUNT];

    public ManyWords() {
        double sum = 0;
        for (int rank = 0; rank < COUNT; rank++) {
            sum += 1.0 / (rank + 2);
            shares[rank] = sum;
        }
    }

    /** The word with a place in the order of how often words are used, the most common being 0. */
    public String word(int rank) {
        StringBuilder word = new StringBuilder();
        int left = rank;
        do {
            word.append(SYLLABLES[left % SYLLABLES.length]);
            left /= SYLLABLES.length;
        } while (left > 0);
        return word.append(SYLLABLES[rank % 7]).toString();
    }

    /** A word with a place between two. */
    public String between(int from, int to, SplittableRandom random) {
        return word(random.nextInt(from, to));
    }

    /** Texts of about that many characters, without end. */
    public Supplier<String> texts(int length, SplittableRandom random) {
        return () -> {
            StringBuilder text = new StringBuilder(length + 16);
            while (text.length() < length) {
                text.append(any(random));
                if (random.nextInt(PLAIN) == 0) {
                    text.append(ENDINGS[random.nextInt(ENDINGS.length)]);
                }
                text.append(' ');
            }
            return text.toString().strip();
        };
    }

    private String any(SplittableRandom random) {
        int place = Arrays.binarySearch(shares, random.nextDouble() * shares[COUNT - 1]);
        return word(Math.min(COUNT - 1, place < 0 ? -place - 1 : place));
    }
}
