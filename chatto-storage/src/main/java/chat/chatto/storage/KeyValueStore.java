package chat.chatto.storage;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A durable map with a revision for each change. Keys are one or more tokens of {@code [A-Za-z0-9_=-]}, joined by dots.
 * Revisions grow over the whole store. Safe for use by many threads; every method may block, and each throws {@link
 * UnavailableException} when there is no answer in time and {@link RefusedException} for a value over the size limit.
 */
public interface KeyValueStore {

    /** A present value. The array is not copied: treat it as read-only. */
    record Entry(String key, byte[] value, long revision) {}

    /** What happened to a key. */
    sealed interface Change {
        String key();

        long revision();

        record Put(String key, byte[] value, long revision) implements Change {}

        record Removed(String key, long revision) implements Change {}
    }

    /** One write of an atomic transaction. */
    sealed interface Write {
        String key();

        /** Stores whatever was there before. */
        record Put(String key, byte[] value) implements Write {}

        /** Stores if the key holds nothing. */
        record Create(String key, byte[] value) implements Write {}

        /** Stores if the key's newest change has this revision. */
        record Update(String key, byte[] value, long expectedRevision) implements Write {}

        /** Removes if the key's newest change has this revision. */
        record Remove(String key, long expectedRevision) implements Write {}
    }

    /** The present value, never stale: the answer comes from the store's leader. */
    Optional<Entry> get(String key);

    /** The present values of many keys, by key, never stale; keys that hold nothing are left out. */
    Map<String, Entry> get(Collection<String> keys);

    /** Stores a value whatever was there before. @return the new revision */
    long put(String key, byte[] value);

    /**
     * Stores a value that vanishes by itself.
     *
     * @param timeToLive at least one second, whole seconds; only stores whose topology permits it
     * @return the new revision
     */
    long put(String key, byte[] value, Duration timeToLive);

    /**
     * Stores a value under a key that holds none.
     *
     * @return the new revision
     * @throws ConflictException when the key holds a value
     */
    long create(String key, byte[] value);

    /**
     * As {@link #create(String, byte[])}, with a value that vanishes by itself.
     *
     * @param timeToLive at least one second, whole seconds
     */
    long create(String key, byte[] value, Duration timeToLive);

    /**
     * Replaces a value nobody changed since.
     *
     * @return the new revision
     * @throws ConflictException when the key's newest change is another one
     */
    long update(String key, byte[] value, long expectedRevision);

    /**
     * As {@link #update(String, byte[], long)}, with a value that vanishes by itself.
     *
     * @param timeToLive at least one second, whole seconds
     */
    long update(String key, byte[] value, long expectedRevision, Duration timeToLive);

    /** Removes a value; nothing happens where there is none. */
    void remove(String key);

    /**
     * Does all writes or none. Each key occurs once.
     *
     * @param writes 1 to 500
     * @return the revision of the last write; earlier ones have the revisions directly before it, in order
     * @throws ConflictException when any expectation fails; nothing was stored
     */
    long transact(List<Write> writes);

    /**
     * Delivers the present value of every key below a prefix, then every change, in order of revision, on one thread of its
     * own. A key that changes while the present values are read may be delivered only with its newer value.
     *
     * @param prefix whole tokens, such as {@code user}; the empty string for everything
     */
    Following watch(String prefix, Follower<Change> follower);

    /** As {@link #watch}, without the present values: only changes from now on. */
    Following watchChanges(String prefix, Follower<Change> follower);
}
