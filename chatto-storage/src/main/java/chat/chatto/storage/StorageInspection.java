package chat.chatto.storage;

import java.util.Optional;

/** Looks at storage from outside, for an operator who asks whether it is in order. It changes nothing. Safe for use by many threads. */
public interface StorageInspection extends AutoCloseable {

    /** Looks at everything now. What does not answer is in the report; it does not fail the call. Takes seconds at most. */
    StorageReport look();

    /** How many shards the configuration names; they are numbered from 1. */
    int shards();

    /**
     * The commit log of a shard, to be read.
     *
     * @return empty when there is none
     * @throws UnavailableException when there is no answer in time
     */
    Optional<EventLog> rooms(int shard);

    /**
     * The pages and heads of a shard, to be read.
     *
     * @return empty when there are none
     * @throws UnavailableException when there is no answer in time
     */
    Optional<KeyValueStore> pages(int shard);

    @Override
    void close();
}
