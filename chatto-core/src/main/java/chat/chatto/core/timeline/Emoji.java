package chat.chatto.core.timeline;

import chat.chatto.core.ChattoException;

import java.util.regex.Pattern;

/** Which texts are one emoji (Unicode Technical Standard 51: sequences of modifiers, flags, keycaps and joined emoji). */
final class Emoji {

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

    private Emoji() {}

    static void check(String text) {
        if (text.length() > CHARACTERS || !ONE.matcher(text).matches()) {
            throw ChattoException.invalid("emoji", "must be one Unicode emoji");
        }
    }
}
