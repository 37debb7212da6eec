package chat.chatto.core.attachment;

import chat.chatto.core.ChattoException;
import chat.chatto.core.asset.AssetId;
import chat.chatto.core.asset.StoredFiles;
import chat.chatto.core.timeline.AttachmentFeed;
import chat.chatto.core.timeline.AttachmentFeed.Batch;
import chat.chatto.core.timeline.AttachmentFeed.Change;
import chat.chatto.storage.Following;
import chat.chatto.storage.Leases;
import chat.chatto.storage.StorageException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps files in step with messages; the work of whichever server holds the lease. It reads what happens in order from where its
 * predecessor said it was, which it says only after all is done: what was posted is listed and its upload settled, what was deleted is
 * removed. So a crash at any point repeats work and nothing else.
 *
 * <p>Uploads that nobody posted are given up when they are due, but only while everything that was posted is settled: time alone never
 * removes a file that a message has.
 */
final class FileKeeper implements Leases.Job {

    private static final Logger LOG = LoggerFactory.getLogger(FileKeeper.class);

    private static final Duration PROGRESS_INTERVAL = Duration.ofMillis(500);
    private static final Duration RETRY_PAUSE = Duration.ofSeconds(1);

    private final List<AttachmentFeed> feeds;
    private final FileIndex index;
    private final StoredFiles files;
    private final InstantSource clock;

    FileKeeper(
            List<AttachmentFeed> feeds, FileIndex index, StoredFiles files, InstantSource clock) {
        this.feeds = List.copyOf(feeds);
        this.index = index;
        this.files = files;
        this.clock = clock;
    }

    @Override
    public void run(Leases.Lease lease) throws InterruptedException {
        Map<AssetId, Long> pending = new ConcurrentHashMap<>();
        List<Reading> readings = new ArrayList<>();
        try {
            for (AttachmentFeed feed : feeds) {
                readings.add(new Reading(feed, lease));
            }
            Following uploads =
                    files.watchUploads(
                            upload -> pending.put(upload.id(), upload.dueMillis()),
                            pending::remove);
            try (uploads) {
                work(lease, readings, uploads, pending);
            }
        } finally {
            readings.forEach(Reading::close);
        }
    }

    /** Reads what happens in one shard. */
    private final class Reading {

        private final AttachmentFeed feed;
        private final Leases.Lease lease;
        private final Following following;
        private volatile long handled;
        private volatile boolean abandoned;
        private long told;

        Reading(AttachmentFeed feed, Leases.Lease lease) {
            this.feed = feed;
            this.lease = lease;
            this.told = feed.position();
            this.handled = told;
            this.following = feed.follow(told, this::handle);
        }

        private void handle(Batch batch) {
            abandoned |= !FileKeeper.this.handle(lease, batch);
            if (!abandoned) {
                handled = batch.sequence();
            }
        }

        void tell() {
            long now = handled;
            if (now > told) {
                feed.advance(now);
                told = now;
            }
        }

        boolean settled() {
            return handled >= feed.end();
        }

        void close() {
            following.close();
        }
    }

    private void work(
            Leases.Lease lease,
            List<Reading> readings,
            Following uploads,
            Map<AssetId, Long> pending)
            throws InterruptedException {
        while (lease.held()
                && !uploads.failed()
                && readings.stream().noneMatch(reading -> reading.following.failed())) {
            Thread.sleep(PROGRESS_INTERVAL);
            try {
                readings.forEach(Reading::tell);
                expire(pending, () -> readings.stream().allMatch(Reading::settled));
            } catch (StorageException | ChattoException e) {
                LOG.warn("Keeping files pauses: {}", e.getMessage());
                Thread.sleep(RETRY_PAUSE);
            }
        }
    }

    private void expire(Map<AssetId, Long> pending, StoredFiles.Settled settled) {
        long now = clock.millis();
        for (Map.Entry<AssetId, Long> upload : pending.entrySet()) {
            if (upload.getValue() < now) {
                files.expire(upload.getKey(), now, settled);
            }
        }
    }

    /** Goes on until it is done. @return whether it is: otherwise another server does it */
    private boolean handle(Leases.Lease lease, Batch batch) {
        while (lease.held()) {
            try {
                batch.changes().forEach(change -> handle(batch.sequence(), change));
                return true;
            } catch (StorageException | ChattoException e) {
                LOG.warn("The files of commit {} wait: {}", batch.sequence(), e.getMessage());
                pause();
            } catch (RuntimeException e) {
                LOG.error("The files of commit {} are left alone", batch.sequence(), e);
                return true;
            }
        }
        return false;
    }

    private static void pause() {
        try {
            Thread.sleep(RETRY_PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void handle(long sequence, Change change) {
        switch (change) {
            case Change.Posted posted -> {
                index.add(sequence, posted.address(), posted.files());
                posted.files().forEach(file -> files.settle(file.id()));
            }
            case Change.Removed removed -> removed.files().forEach(files::remove);
        }
    }
}
