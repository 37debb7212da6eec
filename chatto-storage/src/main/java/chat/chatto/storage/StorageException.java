package chat.chatto.storage;

/** Why storage did not do what it was asked; the subtype tells the caller whether to retry, to look again or to give up. */
public abstract sealed class StorageException extends RuntimeException
        permits ConflictException, RefusedException, UnavailableException {

    private static final long serialVersionUID = 1L;

    StorageException(String message, Throwable cause) {
        super(message, cause);
    }

    StorageException(String message) {
        super(message);
    }
}
