package chat.chatto.launcher;

/** The address for HTTP cannot be listened on; the message says why and what to change. */
final class CannotListenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CannotListenException(String message, Throwable cause) {
        super(message, cause);
    }
}
