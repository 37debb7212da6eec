package chat.chatto.core.timeline;

import chat.chatto.core.account.UserId;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A message as its readers see it now.
 *
 * @param id unique among all messages of all rooms
 * @param body Markdown; empty when the message was deleted or its author's key was destroyed
 * @param replyTo the ordinal, in the same timeline, of the message it answers
 * @param thread empty while nobody replied in a thread
 * @param idempotencyKey the key it was posted with
 */
public record Message(
        String id,
        MessageAddress address,
        UserId author,
        String body,
        Instant createdAt,
        Optional<Instant> editedAt,
        Optional<Instant> deletedAt,
        OptionalLong replyTo,
        List<Reaction> reactions,
        Optional<ThreadSummary> thread,
        Optional<String> idempotencyKey) {

    public Message {
        reactions = List.copyOf(reactions);
    }

    public long ordinal() {
        return address.ordinal();
    }
}
