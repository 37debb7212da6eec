package chat.chatto.core.account;

import java.time.Instant;
import java.util.Optional;

/**
 * What a person tells everybody of themselves for a while; one of emoji and text may be empty.
 *
 * @param emoji a Unicode emoji, or a custom one as {@code :name:}
 * @param text at most {@value Status#TEXT_CHARACTERS} code points
 * @param expiresAt when it is to vanish by itself
 */
public record Status(String emoji, String text, Optional<Instant> expiresAt) {

    /** The most code points of the text. */
    public static final int TEXT_CHARACTERS = 100;

    /** Whether it has vanished by a time. */
    public boolean over(Instant now) {
        return expiresAt.isPresent() && !expiresAt.get().isAfter(now);
    }
}
