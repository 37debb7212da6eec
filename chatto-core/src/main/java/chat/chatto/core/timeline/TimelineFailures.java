package chat.chatto.core.timeline;

import chat.chatto.core.ChattoException;
import chat.chatto.core.ErrorCode;
import chat.chatto.storage.StorageException;

import java.time.Duration;
import java.util.function.Supplier;

/** Tells in the domain's terms why a timeline cannot be read or written. */
final class TimelineFailures {

    private TimelineFailures() {}

    /**
     * Does something with a timeline.
     *
     * @throws ChattoException UNAVAILABLE when storage is away, HISTORY_DAMAGED
     */
    static <T> T translating(Supplier<T> action) {
        try {
            return action.get();
        } catch (StorageException e) {
            throw ChattoException.unavailable(
                    Duration.ofSeconds(1), "Storage does not answer: retry in a moment", e);
        } catch (DamagedException e) {
            throw ChattoException.of(
                    ErrorCode.HISTORY_DAMAGED,
                    "What is stored of this room is damaged: ask an operator to run 'chatto doctor"
                            + " --verify'");
        }
    }
}
