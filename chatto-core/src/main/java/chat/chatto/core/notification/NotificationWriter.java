package chat.chatto.core.notification;

import static chat.chatto.core.server.Records.FORMAT;

import chat.chatto.core.ChattoException;
import chat.chatto.core.account.UserId;
import chat.chatto.core.readstate.ReadPositions;
import chat.chatto.core.stored.v1.StoredNotification;
import chat.chatto.core.timeline.Activity;
import chat.chatto.core.timeline.ActivityFeed;
import chat.chatto.core.timeline.MessageAddress;
import chat.chatto.core.timeline.MessageFacts;
import chat.chatto.core.timeline.TimelineId;
import chat.chatto.storage.Following;
import chat.chatto.storage.Leases;
import chat.chatto.storage.StorageException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Notifies people of what happens in one shard's rooms; the work of whichever server holds the shard's lease.
 *
 * <p>What happens is read in order from where the last writer said it was, which it says only after all is stored. So a crash between any
 * two writes repeats work: whoever was notified already is recognised by the newest record of their line, and two writers at once by what
 * each expects to follow.
 */
final class NotificationWriter implements Leases.Job {

    private static final Logger LOG = LoggerFactory.getLogger(NotificationWriter.class);

    /** What is read ahead and dealt with in one go. */
    private static final int COMMITS = 256;

    private static final Duration PROGRESS_INTERVAL = Duration.ofMillis(500);
    private static final Duration RETRY_PAUSE = Duration.ofSeconds(1);
    private static final Duration CONNECTION_CHECK = Duration.ofMillis(100);

    private final ActivityFeed feed;
    private final Inboxes inboxes;
    private final ThreadsOfMine threads;
    private final ReadPositions positions;
    private final Surroundings surroundings;

    NotificationWriter(
            ActivityFeed feed,
            Inboxes inboxes,
            ThreadsOfMine threads,
            ReadPositions positions,
            Surroundings surroundings) {
        this.feed = feed;
        this.inboxes = inboxes;
        this.threads = threads;
        this.positions = positions;
        this.surroundings = surroundings;
    }

    @Override
    public void run(Leases.Lease lease) throws InterruptedException {
        BlockingQueue<Activity.Batch> waiting = new ArrayBlockingQueue<>(COMMITS);
        var ended = new EndFlag();
        long dealtWith = feed.position();
        try (Following following =
                feed.follow(dealtWith, batch -> ended.handOver(waiting, batch))) {
            try {
                work(lease, following, waiting, dealtWith);
            } finally {
                ended.raise();
            }
        }
    }

    /** Frees the thread that reads ahead when nobody takes what it reads. */
    private static final class EndFlag {
        private volatile boolean raised;

        void raise() {
            raised = true;
        }

        void handOver(BlockingQueue<Activity.Batch> waiting, Activity.Batch batch) {
            try {
                while (!raised
                        && !waiting.offer(
                                batch, CONNECTION_CHECK.toMillis(), TimeUnit.MILLISECONDS)) {
                    LOG.trace("The writer of notifications takes its time");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void work(
            Leases.Lease lease,
            Following following,
            BlockingQueue<Activity.Batch> waiting,
            long from)
            throws InterruptedException {
        long dealtWith = from;
        long told = from;
        long nextTold = System.nanoTime();
        List<Activity.Batch> batches = new ArrayList<>(COMMITS);
        while (lease.held() && !following.failed()) {
            if (batches.isEmpty()) {
                Activity.Batch first =
                        waiting.poll(PROGRESS_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
                if (first != null) {
                    batches.add(first);
                    waiting.drainTo(batches, COMMITS - 1);
                }
            }
            try {
                if (!batches.isEmpty()) {
                    writeAll(batches);
                    dealtWith = batches.getLast().sequence();
                    batches.clear();
                }
                if (dealtWith > told && System.nanoTime() - nextTold >= 0) {
                    feed.advance(dealtWith);
                    told = dealtWith;
                    nextTold = System.nanoTime() + PROGRESS_INTERVAL.toNanos();
                }
            } catch (StorageException | ChattoException e) {
                LOG.warn("Notifying of shard {} pauses: {}", feed.shard(), e.getMessage());
                Thread.sleep(RETRY_PAUSE);
            }
        }
    }

    /** One commit that nobody understands must not keep all others from being told of. */
    private void writeAll(List<Activity.Batch> batches) throws InterruptedException {
        try {
            write(batches);
        } catch (StorageException | ChattoException e) {
            throw e;
        } catch (RuntimeException e) {
            if (batches.size() > 1) {
                for (Activity.Batch batch : batches) {
                    writeAll(List.of(batch));
                }
            } else {
                LOG.error("Nobody is told of commit {}", batches.getFirst().sequence(), e);
            }
        }
    }

    /** Something to notify somebody of. */
    private record Notice(Source source, TimelineId timeline, StoredNotification content) {}

    /**
     * Deals with everything that happened in some commits.
     *
     * @throws StorageException when a write fails; repeating all of it is right
     */
    void write(List<Activity.Batch> batches) throws InterruptedException {
        Map<UserId, List<Notice>> notices = new LinkedHashMap<>();
        for (Activity.Batch batch : batches) {
            for (Activity activity : batch.activities()) {
                take(batch.sequence(), activity, notices);
            }
        }
        if (notices.isEmpty()) {
            return;
        }
        inboxes.prepare(notices.keySet());
        ReadPositions.Snapshot read = positions.snapshot(notices.keySet());
        ParallelWrites.each(
                notices.entrySet(), person -> notify(person.getKey(), person.getValue(), read));
    }

    private void notify(UserId user, List<Notice> notices, ReadPositions.Snapshot read) {
        for (Notice notice : notices) {
            if (!alreadyRead(user, notice, read)) {
                inboxes.append(user, notice.source(), notice.content());
            }
        }
    }

    /** Somebody who reads as quickly as we write need not be told. */
    private boolean alreadyRead(UserId user, Notice notice, ReadPositions.Snapshot read) {
        if (!notice.content().getEmoji().isEmpty()) {
            return false; // A message may be read, and its reaction be news.
        }
        long ordinal = notice.content().getOrdinal();
        return notice.timeline().isThread()
                ? threads.find(user, notice.timeline())
                        .filter(one -> one.read() >= ordinal)
                        .isPresent()
                : read.get(user, notice.timeline().room()) >= ordinal;
    }

    private void take(long sequence, Activity activity, Map<UserId, List<Notice>> notices) {
        switch (activity) {
            case Activity.Posted posted -> posted(sequence, posted, notices);
            case Activity.Reacted reacted ->
                    feed.facts(reacted.address(), sequence)
                            .filter(message -> !message.deleted())
                            .ifPresent(
                                    message ->
                                            add(
                                                    sequence,
                                                    reacted,
                                                    content(reacted, message.id())
                                                            .setEmoji(reacted.emoji()),
                                                    Audience.of(
                                                            reacted,
                                                            message.author(),
                                                            surroundings),
                                                    notices));
            case Activity.Followed followed -> followed(sequence, followed);
        }
    }

    private void posted(long sequence, Activity.Posted posted, Map<UserId, List<Notice>> notices) {
        TimelineId timeline = posted.address().timeline();
        Optional<MessageFacts> root =
                timeline.isThread() ? feed.facts(timeline.root(), sequence) : Optional.empty();
        Collection<UserId> followers = root.map(MessageFacts::followers).orElse(List.of());
        Optional<UserId> answered =
                posted.replyTo().isPresent()
                        ? feed.facts(
                                        new MessageAddress(timeline, posted.replyTo().getAsLong()),
                                        sequence)
                                .map(MessageFacts::author)
                        : Optional.empty();
        root.ifPresent(facts -> followed(posted, facts));
        add(
                sequence,
                posted,
                content(posted, posted.messageId()),
                Audience.of(posted, answered, followers, surroundings),
                notices);
    }

    /** Whoever begins to follow a thread with this reply finds it among theirs. */
    private void followed(Activity.Posted posted, MessageFacts root) {
        TimelineId thread = posted.address().timeline();
        long ordinal = posted.address().ordinal();
        Set<UserId> may = new HashSet<>(posted.mentions().users());
        may.add(root.author());
        for (UserId user : may) {
            if (!user.equals(posted.actor())
                    && root.followers().contains(user)
                    && threads.find(user, thread).filter(ThreadOfMine::following).isEmpty()) {
                threads.follow(user, thread, true, ordinal - 1);
            }
        }
        if (root.followers().contains(posted.actor())) {
            threads.follow(posted.actor(), thread, true, ordinal);
        }
    }

    private void followed(long sequence, Activity.Followed followed) {
        MessageAddress root = followed.address();
        var thread = TimelineId.thread(root.timeline().room(), root.ordinal());
        // What was said before somebody wished to follow is not new to them.
        feed.facts(root, sequence)
                .ifPresent(
                        facts ->
                                threads.follow(
                                        followed.actor(),
                                        thread,
                                        followed.following(),
                                        facts.replies() - 1));
    }

    private StoredNotification.Builder content(Activity activity, String messageId) {
        TimelineId timeline = activity.address().timeline();
        return StoredNotification.newBuilder()
                .setFormat(FORMAT)
                .setAtMillis(activity.at().toEpochMilli())
                .setRoom(timeline.room().value())
                .setLine(NotificationCodec.line(timeline))
                .setOrdinal(activity.address().ordinal())
                .setMessageId(messageId)
                .setActor(activity.actor().value());
    }

    private void add(
            long sequence,
            Activity activity,
            StoredNotification.Builder content,
            Map<UserId, List<Occurrence>> audience,
            Map<UserId, List<Notice>> notices) {
        var source = new Source(feed.shard(), sequence, activity.index());
        Map<List<Occurrence>, StoredNotification> contents = new HashMap<>();
        audience.forEach(
                (user, occurrences) -> {
                    StoredNotification stored =
                            contents.computeIfAbsent(occurrences, _ -> with(content, occurrences));
                    notices.computeIfAbsent(user, _ -> new ArrayList<>())
                            .add(new Notice(source, activity.address().timeline(), stored));
                });
    }

    private static StoredNotification with(
            StoredNotification.Builder content, List<Occurrence> occurrences) {
        StoredNotification.Builder complete = content.clone();
        occurrences.forEach(one -> complete.addOccurrences(NotificationCodec.encode(one)));
        return complete.build();
    }
}
