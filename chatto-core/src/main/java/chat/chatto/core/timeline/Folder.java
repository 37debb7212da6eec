package chat.chatto.core.timeline;

import chat.chatto.core.room.RoomId;
import chat.chatto.core.stored.v1.StoredHead;
import chat.chatto.storage.ConflictException;
import chat.chatto.storage.KeyValueStore;
import chat.chatto.storage.Leases;
import chat.chatto.storage.StorageException;

import com.google.protobuf.ByteString;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.BiConsumer;

/**
 * Writes a shard's commits into its pages and purges the log of what is in them; the work of whichever server holds the shard's lease.
 *
 * <p>A round writes every page that unfolded commits changed, then the rooms' heads, then how far the shard is folded. Pages are
 * written by compare-and-set and know the last commit in them. So a crash between any two writes, and two folders at once, only repeat
 * work; and since the progress moves last, no commit is purged, or forgotten by a server, that is not in the pages.
 */
final class Folder implements Leases.Job {

    private static final Logger LOG = LoggerFactory.getLogger(Folder.class);

    /** Writes that are on their way at once: keeps the disk busy without queueing before it. */
    private static final int PARALLEL = 16;

    private static final Duration PURGE_INTERVAL = Duration.ofSeconds(10);
    private static final Duration RETRY_PAUSE = Duration.ofSeconds(1);
    private static final int FORMAT = 1;

    /** A room at rest keeps its last commit in the log for good; a larger one is followed by a checkpoint and then purged. */
    private static final int LARGE_COMMIT_BYTES = 1_024;

    private final Shard shard;
    private final InstantSource clock;
    private final TimelineLimits limits;
    private final BiConsumer<RoomId, Long> checkpoints;

    /**
     * @param checkpoints writes a {@link Operation.Checkpoint} into a room unless it went on since a commit
     */
    Folder(
            Shard shard,
            InstantSource clock,
            TimelineLimits limits,
            BiConsumer<RoomId, Long> checkpoints) {
        this.shard = shard;
        this.clock = clock;
        this.limits = limits;
        this.checkpoints = checkpoints;
    }

    @Override
    public void run(Leases.Lease lease) throws InterruptedException {
        long nextPurge = System.nanoTime();
        while (lease.held()) {
            long seen = shard.changes().count();
            try {
                fold();
                if (System.nanoTime() - nextPurge >= 0) {
                    purge();
                    nextPurge = System.nanoTime() + PURGE_INTERVAL.toNanos();
                }
            } catch (StorageException e) {
                LOG.warn("Folding of shard {} pauses: {}", shard.number(), e.getMessage());
                Thread.sleep(RETRY_PAUSE);
            }
            Thread.sleep(limits.foldInterval());
            shard.changes().await(seen, PURGE_INTERVAL);
        }
    }

    /** What a round has to do for one room. */
    private record Work(RoomState room, RoomTip tip, Set<PageKey> pages, boolean pins) {}

    /**
     * Brings everything this server knows into the pages.
     *
     * @throws StorageException when a write fails; the next round repeats it
     */
    void fold() throws InterruptedException {
        long target = shard.position();
        if (target <= shard.foldedThrough()) {
            return;
        }
        List<Work> rooms =
                shard.unfoldedRooms().stream()
                        .map(Folder::work)
                        .filter(work -> work.room().damage().isEmpty())
                        .toList();
        var slots = new Semaphore(PARALLEL);
        try (ExecutorService tasks = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> pages = new ArrayList<>();
            for (Work work : rooms) {
                for (PageKey key : work.pages()) {
                    pages.add(submit(tasks, slots, () -> store(work.room(), key)));
                }
                if (work.pins()) {
                    pages.add(submit(tasks, slots, () -> storePins(work.room())));
                }
            }
            await(pages);
            List<Future<?>> heads = new ArrayList<>();
            for (Work work : rooms) {
                heads.add(submit(tasks, slots, () -> storeHead(work.room(), work.tip())));
            }
            await(heads);
        }
        advance(target, 0);
        shard.folded(target);
    }

    private static Work work(RoomState room) {
        room.lock.lock();
        try {
            boolean pins = room.unfolded().stream().anyMatch(PinBoard::concerns);
            return new Work(room, room.tip(), room.unfoldedPages(), pins);
        } finally {
            room.lock.unlock();
        }
    }

    private static Future<?> submit(ExecutorService tasks, Semaphore slots, Runnable task)
            throws InterruptedException {
        slots.acquire();
        return tasks.submit(
                () -> {
                    try {
                        task.run();
                    } finally {
                        slots.release();
                    }
                });
    }

    private static void await(List<Future<?>> tasks) throws InterruptedException {
        for (Future<?> task : tasks) {
            try {
                task.get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException failure) {
                    throw failure;
                }
                throw new IllegalStateException(e.getCause());
            }
        }
    }

    private void store(RoomState room, PageKey key) {
        while (room.damage().isEmpty()) {
            try {
                KnownPage page = shard.page(key);
                if (!page.dirty()) {
                    return;
                }
                shard.stored(room, shard.pages().store(page));
                return;
            } catch (ConflictException e) {
                LOG.debug(
                        "Another server folded page {}: going on from what it wrote",
                        key.documentKey(),
                        e);
                room.lock.lock();
                try {
                    shard.cache().drop(key);
                } finally {
                    room.lock.unlock();
                }
            } catch (DamagedException e) {
                // Its commits stay in the log, as damaged rooms are not purged.
                shard.damaged(room, e);
            }
        }
    }

    private void storePins(RoomState room) {
        while (room.damage().isEmpty()) {
            try {
                PinStore.Known pins = shard.pins(room);
                if (pins.dirty()) {
                    shard.store(pins);
                }
                return;
            } catch (ConflictException e) {
                LOG.debug("Another server folded the pins of room {}", room.id(), e);
            } catch (DamagedException e) {
                shard.damaged(room, e);
            }
        }
    }

    private void storeHead(RoomState room, RoomTip tip) {
        byte[] content =
                StoredHead.newBuilder()
                        .setFormat(FORMAT)
                        .setFoldedSequence(tip.sequence())
                        .setFoldedHash(ByteString.copyFrom(tip.hash().toBytes()))
                        .setHead(tip.head())
                        .build()
                        .toByteArray();
        Optional<KeyValueStore.Entry> stored = shard.documents().get(headKey(room.id()));
        try {
            if (stored.isEmpty()) {
                shard.documents().create(headKey(room.id()), content);
            } else {
                shard.documents().update(headKey(room.id()), content, stored.get().revision());
            }
        } catch (ConflictException e) {
            LOG.debug("Another server folded room {}; the next round looks again", room.id(), e);
        }
    }

    /** The document that says how far a room is folded. */
    static String headKey(RoomId room) {
        return "head." + room;
    }

    private void advance(long folded, long purged) {
        KeyValueStore documents = shard.documents();
        while (true) {
            FoldProgress progress = FoldProgress.read(documents);
            if (folded <= progress.foldedThrough() && purged <= progress.purgedThrough()) {
                return;
            }
            try {
                progress.advance(documents, folded, purged);
                return;
            } catch (ConflictException e) {
                LOG.debug("Another server folds shard {} too", shard.number(), e);
            }
        }
    }

    /**
     * Removes commits from the log that are folded, no longer in the ring and seen by its lasting readers, but never a room's last one: without it an expected sequence
     * would be ambiguous.
     */
    void purge() {
        shard.ring().trim(clock.millis() - limits.ringAge().toMillis());
        long through =
                Math.min(
                        Math.min(shard.foldedThrough(), shard.ring().completeAfter()),
                        ReaderProgress.purgeable(shard.documents()).orElse(Long.MAX_VALUE));
        List<RoomState> rooms =
                shard.rooms().stream().filter(room -> purgeable(room, through)).toList();
        if (rooms.isEmpty()) {
            return;
        }
        // Before the first commit is missing, every server that starts must know that commits may
        // be.
        advance(0, through);
        for (RoomState room : rooms) {
            long last = room.tip().sequence();
            long below = Math.min(through + 1, last);
            shard.log().purge(room.id().value(), below);
            room.lock.lock();
            try {
                room.purgedBelow(below);
            } finally {
                room.lock.unlock();
            }
            if (last <= through && room.lastSize() > LARGE_COMMIT_BYTES) {
                checkpoints.accept(room.id(), last);
            }
        }
    }

    private static boolean purgeable(RoomState room, long through) {
        room.lock.lock();
        try {
            long last = room.tip().sequence();
            if (room.damage().isPresent()) {
                return false;
            }
            boolean olderCommits = room.firstInLog() <= through && room.firstInLog() < last;
            return olderCommits || (last <= through && room.lastSize() > LARGE_COMMIT_BYTES);
        } finally {
            room.lock.unlock();
        }
    }
}
