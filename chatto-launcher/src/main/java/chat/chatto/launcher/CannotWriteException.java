package chat.chatto.launcher;

/** A file cannot be written; the message says which and why. */
final class CannotWriteException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CannotWriteException(String message) {
        super(message);
    }

    CannotWriteException(String message, Throwable cause) {
        super(message, cause);
    }
}
