package chat.chatto.launcher.config;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds what somebody who wrote an unknown name probably meant. */
final class NearestName {

    private NearestName() {}

    /** The closest candidate by typing errors, or one with the same last part in another section; empty when nothing is close. */
    static Optional<String> among(List<String> candidates, String name) {
        Optional<String> mistyped =
                candidates.stream()
                        .min(Comparator.comparingInt(candidate -> distance(candidate, name)))
                        .filter(
                                candidate ->
                                        distance(candidate, name)
                                                <= Math.max(2, name.length() / 5));
        return mistyped.or(
                () ->
                        candidates.stream()
                                .filter(candidate -> lastPart(candidate).equals(lastPart(name)))
                                .min(
                                        Comparator.comparingInt(
                                                candidate -> distance(candidate, name))));
    }

    private static String lastPart(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** The Levenshtein distance: how many characters to insert, delete or replace. */
    private static int distance(String left, String right) {
        int[] previous = new int[right.length() + 1];
        for (int column = 0; column <= right.length(); column++) {
            previous[column] = column;
        }
        for (int row = 1; row <= left.length(); row++) {
            int[] current = new int[right.length() + 1];
            current[0] = row;
            for (int column = 1; column <= right.length(); column++) {
                int replaced =
                        previous[column - 1]
                                + (left.charAt(row - 1) == right.charAt(column - 1) ? 0 : 1);
                current[column] =
                        Math.min(replaced, 1 + Math.min(previous[column], current[column - 1]));
            }
            previous = current;
        }
        return previous[right.length()];
    }
}
