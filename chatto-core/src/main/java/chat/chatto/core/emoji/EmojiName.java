package chat.chatto.core.emoji;

import chat.chatto.core.ChattoException;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What custom emoji may be called. */
final class EmojiName {

    /** The fewest characters. */
    static final int MINIMUM = 2;

    /** The most characters. */
    static final int MAXIMUM = 32;

    private static final Pattern ALLOWED = Pattern.compile("[a-z0-9_-]+");

    /** The shortcodes of Unicode emoji that clients know: a custom emoji must not take one's place. */
    private static final Set<String> STANDARD = read("shortcodes.txt");

    private EmojiName() {}

    /**
     * @throws ChattoException INVALID unless a new custom emoji may have this name
     */
    static void check(String name) {
        if (name.length() < MINIMUM || name.length() > MAXIMUM) {
            throw invalid("must have " + MINIMUM + " to " + MAXIMUM + " characters");
        }
        if (!ALLOWED.matcher(name).matches()) {
            throw invalid("may contain small letters a to z, digits, '_' and '-'");
        }
        if (STANDARD.contains(name)) {
            throw invalid("is the name of a Unicode emoji: choose another one");
        }
    }

    /** The name in {@code :name:}; empty when the text has another form. */
    static Optional<String> within(String text) {
        if (text.length() < MINIMUM + 2 || text.length() > MAXIMUM + 2) {
            return Optional.empty();
        }
        String name = text.substring(1, text.length() - 1);
        boolean enclosed = text.charAt(0) == ':' && text.charAt(text.length() - 1) == ':';
        return enclosed && possible(name) ? Optional.of(name) : Optional.empty();
    }

    /** Whether some custom emoji could have this name: any other text need not be looked for. */
    static boolean possible(String name) {
        return name.length() >= MINIMUM
                && name.length() <= MAXIMUM
                && ALLOWED.matcher(name).matches();
    }

    private static ChattoException invalid(String message) {
        return ChattoException.invalid("name", message);
    }

    private static Set<String> read(String resource) {
        try (InputStream in = EmojiName.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("The list of shortcodes is missing");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            return Set.copyOf(text.lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
