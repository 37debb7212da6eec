package chat.chatto.storage;

/** Storage will not do this however often it is asked: too large, not permitted, out of space, or a misconfiguration. */
public final class RefusedException extends StorageException {

    private static final long serialVersionUID = 1L;

    public RefusedException(String message, Throwable cause) {
        super(message, cause);
    }

    public RefusedException(String message) {
        super(message);
    }
}
