package chat.chatto.core.timeline;

import chat.chatto.core.room.RoomId;
import chat.chatto.storage.StorageException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Tells listeners of one shard's commits, in order, on a thread of its own that reads the ring at its own pace. When it falls behind the
 * ring, listeners learn that they missed something.
 */
final class FanOut implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FanOut.class);
    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final Duration LAG = Duration.ofSeconds(2);

    private final Shard shard;
    private final EventReader reader;
    private final List<TimelineListener> listeners = new CopyOnWriteArrayList<>();
    private volatile long position;
    private volatile boolean closed;
    private @Nullable Thread thread;

    FanOut(Shard shard, EventReader reader) {
        this.shard = shard;
        this.reader = reader;
    }

    /** Begins after what is known of the shard now. */
    void start() {
        position = shard.position();
        thread = Thread.ofPlatform().daemon().name("fan-out-" + shard.number()).start(this::run);
    }

    Runnable listen(TimelineListener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** The last commit that listeners have been told of. */
    long position() {
        return position;
    }

    private void run() {
        while (!closed) {
            try {
                long seen = shard.changes().count();
                deliver();
                shard.changes().await(seen, IDLE);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void deliver() {
        if (shard.ring().completeAfter() > position) {
            LOG.warn("Fell behind shard {}: clients reload what they show", shard.number());
            position = shard.ring().completeAfter();
            listeners.forEach(listener -> listener.interrupted(shard.number()));
        }
        for (Commit commit : shard.ring().after(position)) {
            if (closed) {
                return;
            }
            List<TimelineListener> interested =
                    listeners.stream().filter(listener -> listener.wants(commit.room())).toList();
            if (!interested.isEmpty()) {
                deliver(commit, interested);
            }
            position = commit.sequence();
        }
    }

    private void deliver(Commit commit, List<TimelineListener> interested) {
        try {
            for (int index = 0; index < commit.events().size(); index++) {
                TimelineEvent event = reader.read(commit, index);
                interested.forEach(listener -> listener.changed(event));
            }
        } catch (StorageException | DamagedException e) {
            LOG.warn(
                    "Cannot tell clients of commit {}: they reload what they show",
                    commit.sequence(),
                    e);
            interested.forEach(listener -> listener.interrupted(shard.number()));
        }
    }

    /**
     * The rooms' changes after a cursor, if the ring reaches back that far and they are not too many. A server that lags behind the one that
     * gave the cursor waits a moment.
     */
    Resumption resume(Cursor after, Set<RoomId> rooms, int maximum) throws InterruptedException {
        long deadline = System.nanoTime() + LAG.toNanos();
        while (shard.position() < after.sequence() && System.nanoTime() - deadline < 0) {
            shard.changes().await(shard.changes().count(), LAG.dividedBy(20));
        }
        long upTo = position;
        if (after.sequence() > Math.max(upTo, shard.position())
                || after.sequence() < shard.ring().completeAfter()) {
            return new Resumption.Expired();
        }
        List<TimelineEvent> missed = new ArrayList<>();
        for (Commit commit : shard.ring().from(after.sequence())) {
            upTo = Math.max(upTo, commit.sequence());
            if (!rooms.contains(commit.room())) {
                continue;
            }
            for (int index = 0; index < commit.events().size(); index++) {
                if (commit.sequence() == after.sequence() && index <= after.index()) {
                    continue;
                }
                if (missed.size() == maximum) {
                    return new Resumption.Expired();
                }
                missed.add(reader.read(commit, index));
            }
        }
        boolean complete = after.sequence() >= shard.ring().completeAfter();
        return complete
                ? new Resumption.Continued(
                        missed, new Cursor(shard.number(), upTo, Integer.MAX_VALUE))
                : new Resumption.Expired();
    }

    @Override
    public void close() {
        closed = true;
        Thread running = thread;
        if (running != null) {
            running.interrupt();
            try {
                running.join(Duration.ofSeconds(5));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
