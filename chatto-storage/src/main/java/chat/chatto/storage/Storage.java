package chat.chatto.storage;

import java.time.Duration;

/**
 * A connection to the product's storage. Opening it reconciles the topology: whatever is missing was created when it returns.
 * Safe for use by many threads.
 */
public interface Storage extends AutoCloseable {

    KeyValueStore bucket(Bucket bucket);

    /** How many shards room timelines are spread over; shards are numbered from 1. */
    int shards();

    /** The commit log of one shard's room timelines; keys are room ids. */
    EventLog rooms(int shard);

    /** The folded pages and heads of one shard's room timelines. */
    KeyValueStore pages(int shard);

    /** What people are notified of, for as long as that is kept; keys are user ids. */
    EventLog notifications();

    ObjectStore assets();

    Broadcast broadcast();

    Leases leases();

    /** The largest value or record, in bytes, that can be stored in one piece. */
    int maximumSize();

    Status status();

    /**
     * Calls the listener on every change of {@link Status#connected()} and {@link Status#writable()}, on a thread that must not be blocked.
     */
    void onStatusChange(Follower<Status> listener);

    /** Ends all followings and leases of this connection, flushes what was sent and disconnects. */
    @Override
    void close();

    /**
     * The connection's state.
     *
     * @param connected whether requests can be sent now
     * @param writable whether writes could be confirmed when last looked, a second ago or two: there is a connection, and enough
     *     replicas of the timelines behind it. What is read without them may be out of date
     * @param detail for people: the server connected to, or why there is none
     * @param roundTrip the last measured round trip, zero when unknown
     */
    record Status(boolean connected, boolean writable, String detail, Duration roundTrip) {}
}
