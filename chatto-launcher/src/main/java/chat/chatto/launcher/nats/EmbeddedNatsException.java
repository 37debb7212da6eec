package chat.chatto.launcher.nats;

/** The embedded NATS cannot be run; the message says to an operator why and what to change. */
public final class EmbeddedNatsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    EmbeddedNatsException(String message) {
        super(message);
    }

    EmbeddedNatsException(String message, Throwable cause) {
        super(message, cause);
    }
}
