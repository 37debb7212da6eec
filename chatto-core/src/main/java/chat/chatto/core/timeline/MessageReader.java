package chat.chatto.core.timeline;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** Turns entries into messages as readers see them. Safe for use by many threads. */
final class MessageReader {

    private final Bodies bodies;

    MessageReader(Bodies bodies) {
        this.bodies = bodies;
    }

    Message read(MessageAddress address, Entry entry) {
        return message(address, entry, bodies.open(address.timeline().room(), entry));
    }

    /** For a body that is known already. */
    static Message message(MessageAddress address, Entry entry, String body) {
        return new Message(
                entry.messageId(),
                address,
                entry.author(),
                body,
                Instant.ofEpochMilli(entry.createdAtMillis()),
                instant(entry.editedAtMillis()),
                instant(entry.deletedAtMillis()),
                entry.replyTo(),
                entry.reactions(),
                entry.thread(),
                entry.idempotencyKey().isEmpty()
                        ? Optional.empty()
                        : Optional.of(entry.idempotencyKey()));
    }

    private static Optional<Instant> instant(OptionalLong millis) {
        return millis.isPresent()
                ? Optional.of(Instant.ofEpochMilli(millis.getAsLong()))
                : Optional.empty();
    }
}
