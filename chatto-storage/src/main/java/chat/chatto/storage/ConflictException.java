package chat.chatto.storage;

/** Somebody else wrote first: nothing of the refused write was stored. Read the present state, decide again, retry. */
public final class ConflictException extends StorageException {

    private static final long serialVersionUID = 1L;

    public ConflictException(String message, Throwable cause) {
        super(message, cause);
    }

    public ConflictException(String message) {
        super(message);
    }
}
