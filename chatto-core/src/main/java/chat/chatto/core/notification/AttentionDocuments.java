package chat.chatto.core.notification;

import chat.chatto.core.ChattoException;
import chat.chatto.core.ErrorCode;
import chat.chatto.core.account.UserId;
import chat.chatto.core.server.Records;
import chat.chatto.storage.ConflictException;
import chat.chatto.storage.KeyValueStore;
import chat.chatto.storage.KeyValueStore.Entry;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;

import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One small document a person, the recently used ones in memory and kept current by {@link #changed}. Safe for use by many threads; methods
 * throw {@link chat.chatto.storage.StorageException}.
 */
final class AttentionDocuments<T extends MessageLite> {

    private static final int REMEMBERED = 10_000;
    private static final int ATTEMPTS = 16;

    /** Bounds for how long a change goes unnoticed should the watch be cut off. */
    private static final Duration REMEMBERED_FOR = Duration.ofMinutes(1);

    private final KeyValueStore store;
    private final String kind;
    private final Parser<T> parser;
    private final T nothing;
    private final Cache<UserId, Document<T>> documents =
            Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterWrite(REMEMBERED_FOR).build();

    /**
     * @param kind the last token of the documents' keys, after the person's id
     * @param nothing what a person has who has no document
     */
    AttentionDocuments(KeyValueStore store, String kind, Parser<T> parser, T nothing) {
        this.store = store;
        this.kind = kind;
        this.parser = parser;
        this.nothing = nothing;
    }

    private record Document<T>(T content, long revision) {

        Document<T> newer(Document<T> other) {
            return other.revision > revision ? other : this;
        }
    }

    String kind() {
        return kind;
    }

    T get(UserId user) {
        return document(user).content();
    }

    /**
     * Changes a document; nothing is written where the change makes no difference.
     *
     * @return whether it made one
     * @throws ChattoException CONFLICT when many devices do this all the time
     */
    boolean change(UserId user, UnaryOperator<T> change) {
        Document<T> former = document(user);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            T changed = change.apply(former.content());
            if (changed.equals(former.content())) {
                return false;
            }
            try {
                byte[] value = changed.toByteArray();
                long revision =
                        former.revision() == 0
                                ? store.create(key(user), value)
                                : store.update(key(user), value, former.revision());
                remember(user, new Document<>(changed, revision));
                return true;
            } catch (ConflictException _) {
                former = remember(user, read(user)); // Another device was first.
            }
        }
        throw ChattoException.of(
                ErrorCode.CONFLICT, "This is being changed by other devices all the time");
    }

    /** Takes a change in that was made somewhere. */
    void changed(UserId user, byte[] value, long revision) {
        Document<T> document = new Document<>(Records.parse(parser, value), revision);
        documents.asMap().computeIfPresent(user, (_, known) -> known.newer(document));
    }

    /** Loads it at most once at a time; the watch waits meanwhile, so that no older document replaces a newer one. */
    private Document<T> document(UserId user) {
        return documents.get(user, this::read);
    }

    private Document<T> remember(UserId user, Document<T> document) {
        return documents.asMap().merge(user, document, Document::newer);
    }

    private Document<T> read(UserId user) {
        Optional<Entry> entry = store.get(key(user));
        return entry.isEmpty()
                ? new Document<>(nothing, 0)
                : new Document<>(
                        Records.parse(parser, entry.get().value()), entry.get().revision());
    }

    private String key(UserId user) {
        return user.value() + "." + kind;
    }
}
