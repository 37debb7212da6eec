package chat.chatto.core.timeline;

import chat.chatto.core.account.UserId;
import chat.chatto.core.asset.Attachment;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A message as its readers see it now.
 *
 * @param id unique among all messages of all rooms
 * @param body Markdown; empty when the message was deleted or its author's key was destroyed, or nothing was written beside what is
 *     forwarded
 * @param replyTo the ordinal, in the same timeline, of the message it answers
 * @param thread empty while nobody replied in a thread
 * @param idempotencyKey the key it was posted with
 * @param mentions whom the body addresses
 * @param pinned empty when it is not pinned
 * @param echoOf of an entry in the main line that shows a thread reply: which one. All but the id, the address and the time of posting is
 *     the reply's, and what is done to the entry is done to the reply
 * @param echoedAt of a thread reply that the main line shows, too: the ordinal there
 * @param forwarded the copy of another message that it carries
 * @param attachments the files that it carries; none whose owner's key was destroyed
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
        Optional<String> idempotencyKey,
        Mentions mentions,
        Optional<Pinned> pinned,
        Optional<EchoOf> echoOf,
        OptionalLong echoedAt,
        Optional<Forwarded> forwarded,
        List<Attachment> attachments) {

    public Message {
        reactions = List.copyOf(reactions);
        attachments = List.copyOf(attachments);
    }

    public long ordinal() {
        return address.ordinal();
    }
}
