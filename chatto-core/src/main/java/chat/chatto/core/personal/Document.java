package chat.chatto.core.personal;

import chat.chatto.core.ChattoException;
import chat.chatto.core.ErrorCode;
import chat.chatto.core.account.UserId;
import chat.chatto.core.readstate.PersonalBucket;
import chat.chatto.core.server.Records;
import chat.chatto.storage.ConflictException;
import chat.chatto.storage.KeyValueStore.Entry;

import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;

import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/**
 * One kind of document that each person has at most one of. It is read whenever it is needed and changed by compare-and-set, so that
 * changes of several devices at once, through whatever servers, all count. Safe for use by many threads.
 */
final class Document<T extends MessageLite> {

    private static final int ATTEMPTS = 16;

    private final PersonalBucket bucket;
    private final String kind;
    private final Parser<T> parser;
    private final T none;

    /**
     * @param none what a person has who has none
     */
    Document(PersonalBucket bucket, String kind, Parser<T> parser, T none) {
        this.bucket = bucket;
        this.kind = kind;
        this.parser = parser;
        this.none = none;
    }

    T read(UserId user) {
        return bucket.read(kind, user).map(this::parse).orElse(none);
    }

    /**
     * Changes a person's document; nothing is written when the change makes an equal one.
     *
     * @param change may be called several times
     * @return what is stored then
     * @throws ChattoException UNAVAILABLE when the outcome is unknown, CONFLICT when many devices do this all the time, or what the change
     *     throws
     */
    T change(UserId user, UnaryOperator<T> change) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Entry> entry = bucket.read(kind, user);
            T former = entry.map(this::parse).orElse(none);
            T changed = change.apply(former);
            if (changed.equals(former)) {
                return former;
            }
            try {
                bucket.write(
                        kind, user, changed.toByteArray(), entry.map(Entry::revision).orElse(0L));
                return changed;
            } catch (ConflictException _) {
                // Another device changed it: look again.
            }
        }
        throw ChattoException.of(ErrorCode.CONFLICT, "This is being changed by other devices");
    }

    /** Registers for changes on all servers, before the bucket's start. */
    void follow(BiConsumer<UserId, T> follower) {
        bucket.follow(kind, (user, entry) -> follower.accept(user, parse(entry)));
    }

    private T parse(Entry entry) {
        return Records.parse(parser, entry.value());
    }
}
