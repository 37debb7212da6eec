package chat.chatto.storage;

import java.time.Duration;

/** A running delivery of changes to a {@link Follower}. Safe for use by many threads. */
public interface Following extends AutoCloseable {

    /**
     * Waits until all that was stored when the following began has been handled. It goes on waiting as long as there is
     * progress, however long that takes.
     *
     * @param patience how long to wait without any progress
     * @throws UnavailableException when nothing was delivered for that long, or the following failed
     */
    void awaitCurrent(Duration patience) throws InterruptedException;

    /** The sequence up to which everything has been handled. */
    long position();

    /** Whether the follower threw, so that nothing is delivered any more. */
    boolean failed();

    /** Ends the delivery; no change is handled after it returns, unless it was called from the follower itself. */
    @Override
    void close();
}
