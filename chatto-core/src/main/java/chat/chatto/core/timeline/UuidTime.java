package chat.chatto.core.timeline;

import java.util.OptionalLong;
import java.util.regex.Pattern;

/** The time inside a UUID of version 7 (RFC 9562, section 5.7). */
final class UuidTime {

    private static final Pattern VERSION_7 =
            Pattern.compile(
                    "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-7[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}");

    private UuidTime() {}

    /** @return milliseconds since 1970, empty for anything that is not a UUID of version 7 */
    static OptionalLong millis(String key) {
        if (!VERSION_7.matcher(key).matches()) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(Long.parseLong(key.substring(0, 8) + key.substring(9, 13), 16));
    }
}
