package chat.chatto.storage;

import java.time.Duration;

/**
 * Elects one server at a time for a named job. A lease is a hint, not a lock: a server that was paused may believe for a moment
 * that it still holds one, so whatever the job writes must be guarded by revisions of its own.
 */
public interface Leases {

    /** A holder that stops renewing loses its lease after this time. */
    Duration TIME_TO_LIVE = Duration.ofSeconds(10);

    /**
     * Competes for a lease until closed, in the background. While the lease is held the job runs on a thread of its own; the
     * thread is interrupted when the lease is lost. A job that returns or throws gives the lease up; it is competed for again
     * after a pause.
     *
     * @param name one name token, the same on all servers
     */
    Candidacy contend(String name, Job job);

    /** The work of whoever holds the lease. */
    @FunctionalInterface
    interface Job {
        void run(Lease lease) throws InterruptedException;
    }

    /** A lease while it is held. */
    interface Lease {
        /** Whether the lease, to the best of local knowledge and clocks, is still held. */
        boolean held();
    }

    /** A server's standing for a lease. Closing interrupts the job, waits for it and releases the lease at once. */
    interface Candidacy extends AutoCloseable {
        boolean holding();

        @Override
        void close();
    }
}
