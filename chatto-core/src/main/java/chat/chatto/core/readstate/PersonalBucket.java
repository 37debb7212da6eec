package chat.chatto.core.readstate;

import chat.chatto.core.StorageFailures;
import chat.chatto.core.account.UserId;
import chat.chatto.storage.Bucket;
import chat.chatto.storage.ConflictException;
import chat.chatto.storage.Following;
import chat.chatto.storage.KeyValueStore;
import chat.chatto.storage.KeyValueStore.Change;
import chat.chatto.storage.KeyValueStore.Entry;
import chat.chatto.storage.KeyValueStore.Write;
import chat.chatto.storage.Storage;

import jakarta.inject.Inject;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The bucket READ_STATE: some small documents for each person, one of each kind, under the keys {@code <user>} and {@code <user>.<kind>}.
 * They are read when they are needed; one watch tells all kinds of their changes. Safe for use by many threads.
 */
public final class PersonalBucket implements AutoCloseable {

    /** The kind that has no name in its key: it was there first. */
    static final String READ_POSITIONS = "";

    private final KeyValueStore store;
    private final Map<String, BiConsumer<UserId, Entry>> followers = new HashMap<>();

    private volatile @Nullable Following following;

    @Inject
    public PersonalBucket(Storage storage) {
        this.store = storage.bucket(Bucket.READ_STATE);
    }

    /**
     * Registers for the changes of all documents of a kind, before {@link #start()}. It is called on one thread, in order of revision, and
     * must not keep it for long.
     */
    public void follow(String kind, BiConsumer<UserId, Entry> follower) {
        if (following != null) {
            throw new IllegalStateException("Followers are registered before the start");
        }
        if (followers.putIfAbsent(kind, follower) != null) {
            throw new IllegalArgumentException("Two followers of " + kind);
        }
    }

    /** Begins to listen for changes. */
    public void start() {
        following = store.watchChanges("", this::changed);
    }

    /**
     * A person's document as it is now.
     *
     * @throws chat.chatto.core.ChattoException UNAVAILABLE
     */
    public Optional<Entry> read(String kind, UserId user) {
        return StorageFailures.translating(() -> store.get(key(kind, user)));
    }

    /**
     * The documents of many people as they are now, with few questions to storage; who has none is left out.
     *
     * @throws chat.chatto.core.ChattoException UNAVAILABLE
     */
    public Map<UserId, Entry> read(String kind, Collection<UserId> users) {
        Map<String, UserId> keys = new HashMap<>();
        users.forEach(user -> keys.put(key(kind, user), user));
        Map<UserId, Entry> found = new HashMap<>();
        StorageFailures.translating(() -> store.get(keys.keySet()))
                .values()
                .forEach(
                        entry -> {
                            UserId user = keys.get(entry.key());
                            if (user != null) {
                                found.put(user, entry);
                            }
                        });
        return found;
    }

    /**
     * Writes a document that nobody changed since it was read.
     *
     * @param revision 0 when there was none
     * @return the new revision
     * @throws ConflictException when another one is there
     * @throws chat.chatto.core.ChattoException UNAVAILABLE when the outcome is unknown
     */
    public long write(String kind, UserId user, byte[] value, long revision) {
        String key = key(kind, user);
        Write write =
                revision == 0
                        ? new Write.Create(key, value)
                        : new Write.Update(key, value, revision);
        return StorageFailures.translating(() -> store.transact(List.of(write)));
    }

    @Override
    public void close() {
        Following followed = following;
        if (followed != null) {
            followed.close();
        }
    }

    private void changed(Change change) {
        if (!(change instanceof Change.Put put)) {
            return;
        }
        String key = put.key();
        int dot = key.indexOf('.');
        UserId user = new UserId(dot < 0 ? key : key.substring(0, dot));
        // A kind without a follower is one that a newer server writes, or one that nobody waits
        // for.
        BiConsumer<UserId, Entry> follower =
                followers.get(dot < 0 ? READ_POSITIONS : key.substring(dot + 1));
        if (follower != null) {
            follower.accept(user, new Entry(key, put.value(), put.revision()));
        }
    }

    private static String key(String kind, UserId user) {
        return kind.equals(READ_POSITIONS) ? user.value() : user + "." + kind;
    }
}
