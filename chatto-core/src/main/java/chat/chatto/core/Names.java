package chat.chatto.core;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/** What names that people choose may consist of, and when two of them are the same. */
public final class Names {

    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}]+");
    private static final Pattern VARIATION_SELECTORS = Pattern.compile("[\\uFE00-\\uFE0F]");

    private Names() {}

    /**
     * A name as it is kept: composed (NFC), without white space at its ends, and with single spaces inside.
     *
     * @param minimum the fewest code points
     * @param maximum the most code points
     * @throws ChattoException INVALID when the length is out of bounds or the name contains characters that cannot be seen
     */
    public static String clean(String field, String name, int minimum, int maximum) {
        // Measured roughly before it is worked on: an input may be of any size.
        if (name.length() > 8 * maximum) {
            throw length(field, minimum, maximum);
        }
        refuse(field, name, Names::refused);
        String composed = Normalizer.normalize(name, Normalizer.Form.NFC);
        String cleaned = SPACES.matcher(composed).replaceAll(" ").strip();
        int codePoints = cleaned.codePointCount(0, cleaned.length());
        if (codePoints < minimum || codePoints > maximum) {
            throw length(field, minimum, maximum);
        }
        return cleaned;
    }

    /**
     * The form in which names are compared: equal for names that differ only in case, in compatible characters (NFKC) or in how an emoji
     * is presented.
     */
    public static String comparable(String name) {
        String compatible = Normalizer.normalize(name, Normalizer.Form.NFKC);
        String visible = VARIATION_SELECTORS.matcher(compatible).replaceAll("");
        // Upper case first: it makes "ss" of "ß", and one sigma of two, as full case folding does.
        String folded = visible.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        String again = Normalizer.normalize(folded, Normalizer.Form.NFKC);
        return SPACES.matcher(again).replaceAll(" ").strip();
    }

    /**
     * @throws ChattoException INVALID when a text is longer than this in UTF-8
     */
    public static void checkBytes(String field, String text, int maximum) {
        if (text.length() > maximum || text.getBytes(StandardCharsets.UTF_8).length > maximum) {
            throw ChattoException.invalid(field, "must be at most " + maximum + " bytes of UTF-8");
        }
    }

    /**
     * @throws ChattoException INVALID when a text of several lines contains control characters, or such as turn the writing's direction
     */
    public static void checkText(String field, String text) {
        refuse(field, text, c -> !belongsToText(c) && refused(c));
    }

    /** Names the first character that is refused: whoever pasted it cannot see it. */
    private static void refuse(String field, String text, IntPredicate refused) {
        OptionalInt found = text.codePoints().filter(refused).findFirst();
        if (found.isPresent()) {
            int codePoint = found.getAsInt();
            int place = text.codePointCount(0, text.indexOf(codePoint)) + 1;
            String name = Optional.ofNullable(Character.getName(codePoint)).orElse("no character");
            throw ChattoException.invalid(
                    field,
                    "must not contain control or invisible characters: remove U+%04X (%s), character number %d"
                            .formatted(codePoint, name, place));
        }
    }

    private static boolean belongsToText(int codePoint) {
        return switch (codePoint) {
            case '\n', '\t', '\r', ZERO_WIDTH_JOINER, ZERO_WIDTH_NON_JOINER -> true;
            default -> false;
        };
    }

    /** Control characters, everything that is invisible or turns the direction of writing, and what is no character at all. */
    private static boolean refused(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    true;
            default -> blank(codePoint) || nonCharacter(codePoint);
        };
    }

    /** Looks like nothing, though it counts as a letter, mark or symbol. */
    private static boolean blank(int codePoint) {
        return switch (codePoint) {
            case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180F -> true;
            case 0x2800, 0x3164, 0xFFA0 -> true;
            default -> codePoint >= 0xE0000 && codePoint <= 0xE0FFF;
        };
    }

    private static boolean nonCharacter(int codePoint) {
        return (codePoint & 0xFFFE) == 0xFFFE || (codePoint >= 0xFDD0 && codePoint <= 0xFDEF);
    }

    private static ChattoException length(String field, int minimum, int maximum) {
        return ChattoException.invalid(
                field,
                minimum <= 1
                        ? "must have 1 to " + maximum + " characters"
                        : "must have " + minimum + " to " + maximum + " characters");
    }
}
