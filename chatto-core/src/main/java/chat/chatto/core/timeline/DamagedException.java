package chat.chatto.core.timeline;

import org.jspecify.annotations.Nullable;

/** What is stored contradicts itself, or cannot be read. */
final class DamagedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DamagedException(String message) {
        this(message, null);
    }

    DamagedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
