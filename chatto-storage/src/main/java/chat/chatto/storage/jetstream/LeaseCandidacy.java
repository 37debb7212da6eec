package chat.chatto.storage.jetstream;

import chat.chatto.storage.ConflictException;
import chat.chatto.storage.KeyValueStore;
import chat.chatto.storage.KeyValueStore.Entry;
import chat.chatto.storage.KeyValueStore.Write;
import chat.chatto.storage.Leases;
import chat.chatto.storage.StorageException;

import io.nats.client.NUID;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One server's standing for one lease, on a thread of its own that takes, renews and gives up the lease. */
final class LeaseCandidacy implements Leases.Candidacy {

    private static final Logger log = LoggerFactory.getLogger(LeaseCandidacy.class);

    private static final Duration RENEWAL = Duration.ofSeconds(3);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);

    /** By how much we think a lease over before the server does: clocks drift and the server counts in whole seconds. */
    private static final Duration MARGIN = Duration.ofSeconds(1);

    private final KeyValueStore bucket;
    private final String name;
    private final Leases.Job job;
    private final Consumer<LeaseCandidacy> ended;
    private final byte[] self = NUID.nextGlobal().getBytes(StandardCharsets.US_ASCII);
    private final Thread thread;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Term term = Term.NONE;

    LeaseCandidacy(
            KeyValueStore bucket, String name, Leases.Job job, Consumer<LeaseCandidacy> ended) {
        this.bucket = bucket;
        this.name = name;
        this.job = job;
        this.ended = ended;
        this.thread = Thread.ofVirtual().name("lease " + name).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** One uninterrupted holding of the lease. */
    private static final class Term implements Leases.Lease {
        static final Term NONE = new Term(System.nanoTime());

        /** Opens when the job is done or the candidacy is closed. */
        private final CountDownLatch ending = new CountDownLatch(1);

        private volatile long end;

        Term(long end) {
            this.end = end;
        }

        @Override
        public boolean held() {
            return end - System.nanoTime() > 0;
        }

        void over() {
            end = System.nanoTime();
        }
    }

    private void run() {
        try {
            while (!isClosed()) {
                long asked = System.nanoTime();
                OptionalLong revision = tryTake();
                if (revision.isPresent()) {
                    hold(revision.getAsLong(), new Term(endOfTerm(asked)));
                }
                await(RETRY);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ended.accept(this);
        }
    }

    /** The lease was ours for the whole time to live from the moment we asked for it. */
    private static long endOfTerm(long asked) {
        return asked + Leases.TIME_TO_LIVE.minus(MARGIN).toNanos();
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private boolean await(Duration time) throws InterruptedException {
        return closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private OptionalLong tryTake() {
        try {
            Optional<Entry> present = bucket.get(name);
            if (present.isEmpty()) {
                return OptionalLong.of(bucket.create(name, self, Leases.TIME_TO_LIVE));
            }
            if (isOurs(present.get())) { // an answer that we missed
                return OptionalLong.of(
                        bucket.update(name, self, present.get().revision(), Leases.TIME_TO_LIVE));
            }
        } catch (ConflictException e) {
            log.debug("Another server took the lease '{}' first", name, e);
        } catch (StorageException e) {
            log.debug("Cannot ask for the lease '{}'", name, e);
        }
        return OptionalLong.empty();
    }

    private boolean isOurs(Entry entry) {
        return Arrays.equals(entry.value(), self);
    }

    private void hold(long firstRevision, Term taken) throws InterruptedException {
        log.info("Holding the lease '{}'", name);
        term = taken;
        Thread worker = Thread.ofPlatform().daemon().name("job " + name).start(() -> work(taken));
        OptionalLong revision = OptionalLong.of(firstRevision);
        try {
            while (revision.isPresent()
                    && !isClosed()
                    && !taken.ending.await(RENEWAL.toMillis(), TimeUnit.MILLISECONDS)) {
                revision = renew(revision.getAsLong(), taken);
            }
        } finally {
            worker.interrupt();
            Threads.join(worker, CLOSE_PATIENCE);
            taken.over();
            term = Term.NONE;
        }
        if (revision.isPresent()) {
            release(revision.getAsLong());
        }
        log.info("Gave up the lease '{}'", name);
    }

    private void work(Term taken) {
        try {
            job.run(taken);
        } catch (InterruptedException e) {
            log.debug("The job '{}' was interrupted", name, e);
        } catch (RuntimeException e) {
            log.error("The job '{}' failed", name, e);
        } finally {
            taken.ending.countDown();
        }
    }

    /** Renews the lease; empty when it is lost. */
    private OptionalLong renew(long revision, Term taken) throws InterruptedException {
        while (taken.held()) {
            long asked = System.nanoTime();
            try {
                long renewed = renewOnce(revision);
                taken.end = endOfTerm(asked);
                return OptionalLong.of(renewed);
            } catch (ConflictException e) {
                log.warn("Another server holds the lease '{}' now", name, e);
                taken.over();
                return OptionalLong.empty();
            } catch (StorageException e) {
                log.debug("Cannot renew the lease '{}' yet", name, e);
                if (await(RETRY.dividedBy(4))) {
                    return OptionalLong.of(revision);
                }
            }
        }
        log.warn("The lease '{}' ran out: storage did not answer in time", name);
        return OptionalLong.empty();
    }

    private long renewOnce(long revision) {
        try {
            return bucket.update(name, self, revision, Leases.TIME_TO_LIVE);
        } catch (ConflictException e) {
            Entry missed =
                    bucket.get(name)
                            .filter(this::isOurs)
                            .orElseThrow(() -> e); // a renewal whose answer did not arrive
            return bucket.update(name, self, missed.revision(), Leases.TIME_TO_LIVE);
        }
    }

    private void release(long revision) {
        try {
            bucket.transact(List.of(new Write.Remove(name, revision)));
        } catch (StorageException e) {
            log.info("The lease '{}' is left to run out: {}", name, e.getMessage());
        }
    }

    @Override
    public boolean holding() {
        return term.held();
    }

    @Override
    public void close() {
        closed.countDown();
        term.ending.countDown();
        Threads.join(thread, CLOSE_PATIENCE.multipliedBy(3));
    }
}
