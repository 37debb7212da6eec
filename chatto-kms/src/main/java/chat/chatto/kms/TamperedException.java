package chat.chatto.kms;

/** Something sealed is not what was sealed: altered, moved to another place, or not sealed by us at all. */
public final class TamperedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TamperedException(String message, Throwable cause) {
        super(message, cause);
    }

    TamperedException(String message) {
        super(message);
    }
}
