package chat.chatto.storage;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A durable, totally ordered log of records, each filed under a key. Sequences start at 1, grow by one for each record of
 * the whole log and are never used again. Safe for use by many threads; every method may block.
 */
public interface EventLog {

    /** One stored record. The array is not copied: treat it as read-only. */
    record Entry(String key, long sequence, byte[] content) {}

    /** The log's extent at one moment: an empty log has {@code first == last + 1}. */
    record Extent(long first, long last) {}

    /**
     * Appends a record if the newest record of its key still is the expected one. Returns after the record is stored on a
     * quorum of replicas.
     *
     * @param key one or more name tokens of {@code [A-Za-z0-9_-]}, joined by dots
     * @param expectedSequence the sequence of the key's newest record, 0 for a key without records
     * @return the sequence given to the record
     * @throws ConflictException when the key's newest record is another one; nothing was stored
     * @throws RefusedException when the record is too large or the log is full
     * @throws UnavailableException when the outcome is unknown; appending the very same record with the same expectation
     *     again is safe, as at most one of the attempts can be stored
     */
    long append(String key, long expectedSequence, byte[] content);

    /**
     * The newest record of a key, never stale: the answer comes from the log's leader.
     *
     * @throws UnavailableException when there is no answer in time
     */
    Optional<Entry> last(String key);

    /**
     * The newest records of many keys, by key; keys without records are left out. Unlike {@link #last(String)} it may be answered by a
     * replica that is a moment behind.
     *
     * @throws UnavailableException when there is no answer in time
     */
    Map<String, Entry> last(Collection<String> keys);

    /**
     * Records of one key after a sequence, in order, at most {@code limit} of them; never stale.
     *
     * @param limit 1 to 1,000
     * @throws UnavailableException when there is no answer in time
     */
    List<Entry> read(String key, long afterSequence, int limit);

    /**
     * What the log holds now.
     *
     * @throws UnavailableException when there is no answer in time
     */
    Extent extent();

    /** Identifies this incarnation of the log: a log that was deleted and made again has another one. */
    String incarnation();

    /**
     * Removes the records of a key below a sequence; the record at that sequence and all later ones stay.
     *
     * @throws UnavailableException when the outcome is unknown; repeating is safe
     */
    void purge(String key, long belowSequence);

    /**
     * Delivers every record after a sequence, then every new one, in order and exactly once, on one thread of its own.
     * Interruptions of the connection are bridged without loss or repetition. Reading ahead is bounded in bytes.
     *
     * @param afterSequence 0 for everything that is still stored
     */
    Following follow(long afterSequence, Follower<Entry> follower);
}
