package chat.chatto.core.timeline;

import chat.chatto.core.account.UserId;
import chat.chatto.core.room.RoomId;
import chat.chatto.kms.DataKeys;
import chat.chatto.kms.KeyOwner;
import chat.chatto.kms.Opened;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * Message bodies, encrypted with their author's data key. Room and message are authenticated with the body, so that a body moved to
 * another place does not open.
 */
final class Bodies {

    /** Tells the place of a copy from that of the carrying message's own body. */
    private static final String COPY = ".copy";

    private final DataKeys keys;

    Bodies(DataKeys keys) {
        this.keys = keys;
    }

    byte[] seal(UserId author, RoomId room, String messageId, String body) {
        return keys.seal(
                owner(author), body.getBytes(StandardCharsets.UTF_8), place(room, messageId));
    }

    /** Encrypts a copy for the message that carries it, with the key of the original's author. */
    byte[] sealCopy(UserId author, RoomId room, String carrierId, String body) {
        return seal(author, room, carrierId + COPY, body);
    }

    /** The body as its readers see it: empty for a deleted message and when its author's key was destroyed. */
    String open(RoomId room, Entry entry) {
        return open(entry.author(), room, entry.messageId(), entry.sealedBody());
    }

    /** The body of the copy that a message carries. */
    String openCopy(RoomId room, String carrierId, Forward copy) {
        return open(copy.author(), room, carrierId + COPY, copy.sealedBody());
    }

    private String open(UserId author, RoomId room, String messageId, byte[] sealed) {
        if (sealed.length == 0) {
            return "";
        }
        return switch (keys.open(owner(author), sealed, place(room, messageId))) {
            case Opened.Plain plain -> new String(plain.content(), StandardCharsets.UTF_8);
            case Opened.Shredded _ -> "";
        };
    }

    /** Fetches the keys of several authors at once. */
    void prepare(Collection<Entry> entries) {
        List<KeyOwner> owners =
                entries.stream()
                        .flatMap(
                                entry ->
                                        Stream.concat(
                                                Stream.of(entry.author()),
                                                entry.forward().stream().map(Forward::author)))
                        .distinct()
                        .map(Bodies::owner)
                        .toList();
        if (owners.size() > 1) {
            keys.prefetch(owners);
        }
    }

    private static KeyOwner owner(UserId user) {
        return new KeyOwner(user.value());
    }

    private static byte[] place(RoomId room, String messageId) {
        return (room + "/" + messageId).getBytes(StandardCharsets.UTF_8);
    }
}
