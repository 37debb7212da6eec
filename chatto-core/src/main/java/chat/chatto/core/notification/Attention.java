package chat.chatto.core.notification;

import chat.chatto.core.Listeners;
import chat.chatto.core.StorageFailures;
import chat.chatto.core.access.AccessDirectory;
import chat.chatto.core.account.UserId;
import chat.chatto.core.presence.Presence;
import chat.chatto.core.readstate.ReadPositions;
import chat.chatto.core.room.RoomDirectory;
import chat.chatto.core.timeline.ActivityFeed;
import chat.chatto.core.timeline.Timelines;
import chat.chatto.storage.Bucket;
import chat.chatto.storage.EventLog;
import chat.chatto.storage.Following;
import chat.chatto.storage.KeyValueStore;
import chat.chatto.storage.KeyValueStore.Change;
import chat.chatto.storage.Leases;
import chat.chatto.storage.Storage;

import jakarta.inject.Inject;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Notifies people, on one server for each shard, and tells on all servers whom it concerns. Safe for use by many threads. */
public final class Attention implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Attention.class);

    private final Storage storage;
    private final EventLog log;
    private final KeyValueStore documents;
    private final Timelines timelines;
    private final ReadPositions positions;
    private final Surroundings surroundings;
    private final ThreadsOfMine threads;
    private final Marks marks;
    private final Notifications notifications;
    private final FollowedThreads followedThreads;
    private final Listeners<AttentionEvent> listeners = new Listeners<>();
    private final List<Leases.Candidacy> writers = new ArrayList<>();
    private @Nullable Following notified;
    private @Nullable Following seen;

    @Inject
    public Attention(
            Storage storage,
            Timelines timelines,
            ReadPositions positions,
            RoomDirectory rooms,
            AccessDirectory access,
            Presence presence,
            Wishes wishes) {
        this.storage = storage;
        this.log = storage.notifications();
        this.documents = storage.bucket(Bucket.ATTENTION);
        this.timelines = timelines;
        this.positions = positions;
        this.surroundings = new KnownSurroundings(rooms, access, presence, wishes);
        this.threads = new ThreadsOfMine(documents);
        this.marks = new Marks(documents);
        this.notifications =
                new Notifications(new Inboxes(log), marks, threads, positions, timelines);
        this.followedThreads = new FollowedThreads(threads, timelines);
    }

    /** Begins to notify and to tell; before this server takes any message. */
    public void start() {
        seen = documents.watchChanges("", this::seen);
        notified = log.follow(log.extent().last(), this::notified);
        for (int shard = 1; shard <= timelines.shards(); shard++) {
            ActivityFeed feed = timelines.activity(shard);
            feed.begin();
            writers.add(storage.leases().contend("notify-" + shard, writer(feed)));
        }
    }

    NotificationWriter writer(ActivityFeed feed) {
        return new NotificationWriter(feed, new Inboxes(log), threads, positions, surroundings);
    }

    /** What people are notified of. */
    public Notifications notifications() {
        return notifications;
    }

    /** The threads that people follow. */
    public FollowedThreads threads() {
        return followedThreads;
    }

    /** Registers for what happens from now on, on threads that must not be kept for long. @return ends the registration */
    public Runnable onEvent(Consumer<AttentionEvent> listener) {
        return listeners.add(listener);
    }

    /** The sequence of what somebody was notified of last. */
    public long newest() {
        return StorageFailures.translating(() -> log.extent().last());
    }

    /** Tells sequences of one storage from those of another, such as a restored one. */
    public String incarnation() {
        return log.incarnation();
    }

    /** Delivers what people were and are notified of after a sequence, in order, on one thread of its own. */
    public Following follow(long afterSequence, Consumer<AttentionEvent.Notified> follower) {
        return log.follow(afterSequence, entry -> notified(entry, follower));
    }

    private void notified(EventLog.Entry entry) {
        notified(entry, listeners::tell);
    }

    private static void notified(
            EventLog.Entry entry, Consumer<? super AttentionEvent.Notified> follower) {
        try {
            follower.accept(new AttentionEvent.Notified(Inboxes.Item.of(entry)));
        } catch (RuntimeException e) {
            LOG.error("Left out a notification nobody understands: {}", entry.sequence(), e);
        }
    }

    private void seen(Change change) {
        if (!(change instanceof Change.Put put)) {
            return;
        }
        try {
            int dot = put.key().lastIndexOf('.');
            UserId user = new UserId(put.key().substring(0, Math.max(0, dot)));
            switch (put.key().substring(dot + 1)) {
                case Marks.KIND -> {
                    marks.documents().changed(user, put.value(), put.revision());
                    listeners.tell(new AttentionEvent.NotificationsSeen(user));
                }
                case ThreadsOfMine.KIND -> {
                    threads.documents().changed(user, put.value(), put.revision());
                    listeners.tell(new AttentionEvent.ThreadsChanged(user));
                }
                default -> LOG.debug("Nothing that this version knows: {}", put.key());
            }
        } catch (RuntimeException e) {
            LOG.error("Left out a record nobody understands: {}", put.key(), e);
        }
    }

    @Override
    public void close() {
        writers.forEach(Leases.Candidacy::close);
        for (Following following : new @Nullable Following[] {notified, seen}) {
            if (following != null) {
                following.close();
            }
        }
    }
}
