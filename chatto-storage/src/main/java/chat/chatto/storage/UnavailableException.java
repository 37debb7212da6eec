package chat.chatto.storage;

/**
 * Storage could not be reached or did not answer in time. For a write the outcome is unknown: it may have been stored, or
 * may still be.
 */
public final class UnavailableException extends StorageException {

    private static final long serialVersionUID = 1L;

    public UnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

    public UnavailableException(String message) {
        super(message);
    }
}
