package chat.chatto.core.timeline;

import chat.chatto.core.asset.Attachment;
import chat.chatto.core.asset.Descriptions;
import chat.chatto.core.room.RoomId;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Turns entries into messages as readers see them. Safe for use by many threads. */
final class MessageReader {

    private final Bodies bodies;
    private final Descriptions files;

    MessageReader(Bodies bodies, Descriptions files) {
        this.bodies = bodies;
        this.files = files;
    }

    /**
     * A message.
     *
     * @param content the entry itself, or the reply that it shows, see {@link ShownReplies}
     */
    Message read(MessageAddress address, Entry entry, Entry content) {
        RoomId room = address.timeline().room();
        Optional<String> copy =
                content.forward()
                        .map(forward -> bodies.openCopy(room, content.messageId(), forward));
        return message(
                address,
                entry,
                content,
                bodies.open(room, content),
                copy,
                files.open(content.author(), content.attachments()));
    }

    /** For what is known already of its bodies and files. */
    static Message message(
            MessageAddress address,
            Entry entry,
            Entry content,
            String body,
            Optional<String> copiedBody,
            List<Attachment> attachments) {
        return new Message(
                entry.messageId(),
                address,
                entry.author(),
                body,
                Instant.ofEpochMilli(entry.createdAtMillis()),
                instant(content.editedAtMillis()),
                instant(content.deletedAtMillis()),
                entry.replyTo(),
                content.reactions(),
                entry.thread(),
                entry.idempotencyKey().isEmpty()
                        ? Optional.empty()
                        : Optional.of(entry.idempotencyKey()),
                content.mentions(),
                content.pinned(),
                entry.shown().map(of -> new EchoOf(of.root(), of.ordinal(), of.messageId())),
                echoedAt(entry),
                content.forward().map(forward -> forwarded(forward, copiedBody.orElseThrow())),
                attachments);
    }

    private static OptionalLong echoedAt(Entry entry) {
        return entry.echo().isPresent() && entry.echo().get() instanceof Echo.At at
                ? OptionalLong.of(at.ordinal())
                : OptionalLong.empty();
    }

    private static Forwarded forwarded(Forward forward, String body) {
        return new Forwarded(
                forward.source(),
                forward.author(),
                Instant.ofEpochMilli(forward.createdAtMillis()),
                body);
    }

    private static Optional<Instant> instant(OptionalLong millis) {
        return millis.isPresent()
                ? Optional.of(Instant.ofEpochMilli(millis.getAsLong()))
                : Optional.empty();
    }
}
