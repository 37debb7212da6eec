package chat.chatto.core;

import chat.chatto.storage.ConflictException;
import chat.chatto.storage.RefusedException;
import chat.chatto.storage.StorageException;
import chat.chatto.storage.UnavailableException;

import java.time.Duration;
import java.util.function.Supplier;

/** Tells storage's failures in the domain's terms. */
public final class StorageFailures {

    private static final Duration AFTER_OUTAGE = Duration.ofSeconds(2);
    private static final Duration AFTER_REFUSAL = Duration.ofSeconds(30);

    private StorageFailures() {}

    /**
     * Does something with storage.
     *
     * @throws ChattoException UNAVAILABLE when storage is away or refuses
     * @throws ConflictException as storage throws it: callers look again and retry
     */
    public static <T> T translating(Supplier<T> call) {
        try {
            return call.get();
        } catch (StorageException e) {
            throw translate(e);
        }
    }

    private static RuntimeException translate(StorageException failure) {
        return switch (failure) {
            case ConflictException conflict -> conflict;
            case UnavailableException away ->
                    ChattoException.unavailable(
                            AFTER_OUTAGE, "Storage does not answer at the moment", away);
            case RefusedException refusal ->
                    ChattoException.unavailable(
                            AFTER_REFUSAL, "Storage refuses to store this", refusal);
        };
    }
}
