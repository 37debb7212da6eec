package chat.chatto.core.emoji;

import java.util.regex.Pattern;

/** Which texts are one emoji (Unicode Technical Standard 51: sequences of modifiers, flags, keycaps and joined emoji). */
public final class UnicodeEmoji {

    private static final String ELEMENT =
            "(?:\\p{IsEmoji_Presentation}|\\p{IsEmoji}\\uFE0F|\\p{IsEmoji_Modifier_Base}|\\p{IsExtended_Pictographic})"
                + "\\p{IsEmoji_Modifier}?\\uFE0F?[\\x{E0020}-\\x{E007F}]*";

    private static final Pattern ONE =
            Pattern.compile(
                    "(?:[\\x{1F1E6}-\\x{1F1FF}]{2}|[0-9#*]\\uFE0F?\\u20E3|"
                            + ELEMENT
                            + "(?:\\u200D"
                            + ELEMENT
                            + "){0,9})");

    private static final int CHARACTERS = 64;

    private UnicodeEmoji() {}

    /** Whether a text is exactly one emoji. */
    public static boolean matches(String text) {
        return text.length() <= CHARACTERS && ONE.matcher(text).matches();
    }
}
