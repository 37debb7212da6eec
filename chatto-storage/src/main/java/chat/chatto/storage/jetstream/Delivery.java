package chat.chatto.storage.jetstream;

import chat.chatto.storage.Following;
import chat.chatto.storage.StorageException;
import chat.chatto.storage.UnavailableException;

import io.nats.client.Message;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * An endless, ordered delivery of a stream on a thread of its own. It reads through one {@link OrderedConsumer} after the other: whenever
 * something is wrong with one (a lost connection, a restarted server, a gap, silence) the next begins after the last message handled,
 * so that nothing is lost or repeated.
 */
final class Delivery implements Following {

    private static final Logger log = LoggerFactory.getLogger(Delivery.class);

    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);

    /** A leader that was just elected may know less than another one delivered, for as long as it takes to apply what is decided. */
    private static final Duration LONGEST_CATCHING_UP = Duration.ofSeconds(30);

    private static final long NOT_BEHIND = 0;
    private static final long SHORTEST_PAUSE_MILLIS = 20;
    private static final long LONGEST_PAUSE_MILLIS = 1_000;

    /** What becomes of the messages; anything thrown ends the delivery. */
    interface Sink {
        /**
         * Handles one message.
         *
         * @param existing whether the message was there before the delivery began
         */
        void accept(Message message, long sequence, boolean existing);
    }

    private final Link link;
    private final StreamHandle stream;
    private final String filter;
    private final Sink sink;
    private final Consumer<Delivery> ended;
    private final Thread thread;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long position; // guarded by lock
    private long progress; // guarded by lock; counts whatever shows that the delivery is alive and
    // moving
    private boolean current; // guarded by lock
    private @Nullable Throwable failure; // guarded by lock

    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable OrderedConsumer consumer;

    /** Since when the leader does not know what was delivered already; used by the own thread alone. */
    private long behindSince = NOT_BEHIND;

    /** The last message that was there at the beginning, known once connected; used by the own thread alone. */
    private long target = -1;

    /** When the stream was made that the position is one of; used by the own thread alone. */
    private @Nullable String made;

    Delivery(
            Link link,
            StreamHandle stream,
            String filter,
            long afterSequence,
            Sink sink,
            Consumer<Delivery> ended) {
        this.link = link;
        this.stream = stream;
        this.filter = filter;
        this.position = afterSequence;
        this.sink = sink;
        this.ended = ended;
        this.thread = Thread.ofPlatform().daemon().name("follow " + filter).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Begins a new consumer where the present one got to. */
    void restart() {
        OrderedConsumer present = consumer;
        if (present != null) {
            present.close();
        }
    }

    private void run() {
        long pauseMillis = SHORTEST_PAUSE_MILLIS;
        try {
            while (!isClosed()) {
                long before = position();
                try {
                    deliverThroughOneConsumer();
                } catch (StorageUnsettled e) {
                    log.debug("The delivery of {} pauses", filter, e);
                }
                pauseMillis =
                        position() > before
                                ? SHORTEST_PAUSE_MILLIS
                                : Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
                pause(pauseMillis);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            fail(e);
        } finally {
            ended.accept(this);
        }
    }

    private void pause(long millis) throws InterruptedException {
        if (closed.await(millis, TimeUnit.MILLISECONDS)) {
            log.debug("The delivery of {} is closed", filter);
        }
    }

    private void deliverThroughOneConsumer() throws StorageUnsettled, InterruptedException {
        try (OrderedConsumer opened = open()) {
            consumer = opened;
            while (!isClosed()) {
                switch (opened.next()) {
                    case OrderedConsumer.Event.Delivered(var message, var sequence) ->
                            handle(message, sequence);
                    case OrderedConsumer.Event.Idle() -> idle();
                    case OrderedConsumer.Event.Ended(var reason) -> {
                        log.debug("The consumer of {} ended: {}", filter, reason);
                        return;
                    }
                }
            }
        } finally {
            consumer = null;
        }
    }

    /** Storage is away or in transition: look again in a moment. */
    private static final class StorageUnsettled extends Exception {
        private static final long serialVersionUID = 1L;

        StorageUnsettled(Throwable cause) {
            super(cause);
        }
    }

    private OrderedConsumer open() throws StorageUnsettled {
        try {
            StreamReader.End end = stream.reader().end();
            // One that was made again may have grown beyond our position already.
            boolean madeAgain = stream.volatileMemory() && made != null && !made.equals(end.made());
            if (madeAgain || end.lastSequence() < position()) {
                rewound(end.lastSequence());
            } else {
                behindSince = NOT_BEHIND;
            }
            made = end.made();
            findTarget();
            return OrderedConsumer.open(link, stream.name(), filter, position() + 1);
        } catch (StorageException e) {
            throw new StorageUnsettled(e);
        }
    }

    private void rewound(long last) throws StorageUnsettled {
        if (!stream.volatileMemory()) {
            if (behindSince == NOT_BEHIND) {
                behindSince = System.nanoTime();
            }
            if (System.nanoTime() - behindSince < LONGEST_CATCHING_UP.toNanos()) {
                throw new StorageUnsettled(
                        new UnavailableException(
                                "The leader of "
                                        + stream.name()
                                        + " is at "
                                        + last
                                        + " and does not know yet what was delivered at "
                                        + position()));
            }
            throw new IllegalStateException(
                    "The stream "
                            + stream.name()
                            + " ends at "
                            + last
                            + " but "
                            + position()
                            + " was delivered already: it lost what it had confirmed, or was"
                            + " restored from a backup");
        }
        log.info(
                "The stream {} was emptied by a restart of the server; beginning anew",
                stream.name());
        target = 0;
        advance(0);
    }

    private void findTarget() {
        if (target < 0) {
            target = stream.reader().lastOnLeader(filter).map(Stored::sequence).orElse(0L);
        }
        if (position() >= target) {
            becomeCurrent();
        }
    }

    private void handle(Message message, long sequence) {
        if (sequence <= position()) {
            return;
        }
        sink.accept(message, sequence, sequence <= target);
        advance(sequence);
        if (sequence >= target) {
            becomeCurrent();
        }
    }

    /** Nothing to deliver: should the target still be ahead, it was removed meanwhile. */
    private void idle() throws StorageUnsettled {
        if (isCurrent()) {
            return;
        }
        try {
            target =
                    Math.min(
                            target,
                            stream.reader().lastOnLeader(filter).map(Stored::sequence).orElse(0L));
        } catch (StorageException e) {
            throw new StorageUnsettled(e);
        }
        if (position() >= target) {
            becomeCurrent();
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private boolean isCurrent() {
        lock.lock();
        try {
            return current;
        } finally {
            lock.unlock();
        }
    }

    private void advance(long sequence) {
        lock.lock();
        try {
            position = sequence;
            progress++;
            if (!current) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void becomeCurrent() {
        lock.lock();
        try {
            if (!current) {
                current = true;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void fail(Throwable e) {
        log.error("The delivery of {} failed at {}", filter, position(), e);
        lock.lock();
        try {
            failure = e;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void awaitCurrent(Duration patience) throws InterruptedException {
        lock.lock();
        try {
            long seen = progress;
            long left = patience.toNanos();
            while (!current) {
                if (failure != null) {
                    throw new UnavailableException(
                            "The delivery of " + filter + " failed", failure);
                }
                if (isClosed()) {
                    throw new UnavailableException("The delivery of " + filter + " was closed");
                }
                if (progress != seen) {
                    seen = progress;
                    left = patience.toNanos();
                }
                if (left <= 0) {
                    throw new UnavailableException(
                            "Nothing of " + filter + " was delivered for " + patience);
                }
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long position() {
        lock.lock();
        try {
            return position;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean failed() {
        lock.lock();
        try {
            return failure != null;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        restart();
        if (Thread.currentThread() != thread) {
            Threads.join(thread, CLOSE_PATIENCE);
        }
    }
}
