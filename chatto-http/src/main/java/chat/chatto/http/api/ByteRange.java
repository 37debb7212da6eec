package chat.chatto.http.api;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which bytes of something are asked for.
 *
 * @param last within the size, at least {@code first}
 */
record ByteRange(long first, long last) {

    private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /** What a Range header means. */
    sealed interface Wish {

        /** All of it: there is no range, or one of a kind that need not be understood. */
        record Whole() implements Wish {}

        record Part(ByteRange range) implements Wish {}

        /** Something that lies outside. */
        record Unsatisfiable() implements Wish {}
    }

    static Wish parse(Optional<String> header, long size) {
        Optional<Matcher> found = header.map(ONE::matcher).filter(Matcher::matches);
        if (found.isEmpty()) {
            return new Wish.Whole();
        }
        String from = found.get().group(1);
        String to = found.get().group(2);
        if (from.isEmpty()) {
            return to.isEmpty() ? new Wish.Whole() : suffix(Long.parseLong(to), size);
        }
        long first = Long.parseLong(from);
        long last = to.isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(to));
        if (!to.isEmpty() && Long.parseLong(to) < first) {
            return new Wish.Whole();
        }
        return first < size ? new Wish.Part(new ByteRange(first, last)) : new Wish.Unsatisfiable();
    }

    private static Wish suffix(long length, long size) {
        return length == 0 || size == 0
                ? new Wish.Unsatisfiable()
                : new Wish.Part(new ByteRange(Math.max(0, size - length), size - 1));
    }

    long length() {
        return last - first + 1;
    }
}
