package chat.chatto.core.push;

import static chat.chatto.core.server.Records.FORMAT;

import chat.chatto.core.server.Records;
import chat.chatto.core.server.ServerBucket;
import chat.chatto.core.stored.v1.StoredPushProgress;
import chat.chatto.storage.ConflictException;
import chat.chatto.storage.KeyValueStore.Entry;
import chat.chatto.storage.KeyValueStore.Write;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How far notifications were pushed, kept so that another server goes on where this one stopped: what was on its way then is sent once
 * more, and nothing else. Safe for use by many threads.
 */
final class PushProgress {

    private static final String KEY = "push.progress";

    /** What is pending beyond this is sent again by whoever goes on, with all after it. */
    private static final int MOST_PENDING = 4_096;

    private final ServerBucket server;
    private final String incarnation;
    private final Set<Long> leftOver;
    private final long begin;
    private final long inherited;
    private final SortedSet<Long> pending = new TreeSet<>();
    private long seen;
    private long revision;
    private StoredPushProgress stored;

    private PushProgress(
            ServerBucket server, String incarnation, long revision, StoredPushProgress stored) {
        this.server = server;
        this.incarnation = incarnation;
        this.revision = revision;
        this.stored = stored;
        this.leftOver = new HashSet<>(stored.getPendingList());
        this.inherited = stored.getThrough();
        this.seen = inherited;
        this.begin =
                stored.getPendingList().stream().mapToLong(one -> one - 1).min().orElse(inherited);
    }

    /**
     * Goes on where another server stopped.
     *
     * @param incarnation of the log of notifications
     * @param newest where to begin when nothing is known of this log
     * @throws chat.chatto.core.ChattoException UNAVAILABLE
     */
    static PushProgress of(ServerBucket server, String incarnation, long newest) {
        Optional<Entry> entry = server.read(KEY);
        StoredPushProgress stored =
                entry.map(present -> Records.parse(StoredPushProgress.parser(), present.value()))
                        .filter(present -> present.getIncarnation().equals(incarnation))
                        .orElseGet(
                                () ->
                                        StoredPushProgress.newBuilder()
                                                .setFormat(FORMAT)
                                                .setIncarnation(incarnation)
                                                .setThrough(newest)
                                                .build());
        return new PushProgress(server, incarnation, entry.map(Entry::revision).orElse(0L), stored);
    }

    /** After which sequence to read on. */
    long begin() {
        return begin;
    }

    /** Takes note of a notification. @return whether it is to be dealt with: then {@link #done} is called some time */
    synchronized boolean take(long sequence) {
        boolean begun = leftOver.remove(sequence);
        leftOver.removeIf(one -> one < sequence); // Not in the log any more.
        if (sequence <= inherited && !begun) {
            return false;
        }
        seen = Math.max(seen, sequence);
        pending.add(sequence);
        return true;
    }

    synchronized void done(long sequence) {
        pending.remove(sequence);
    }

    private synchronized StoredPushProgress now() {
        List<Long> listed = new ArrayList<>();
        SortedSet<Long> open = new TreeSet<>(pending);
        open.addAll(leftOver);
        for (long one : open) {
            if (listed.size() == MOST_PENDING) {
                return progress(one - 1, listed);
            }
            listed.add(one);
        }
        return progress(seen, listed);
    }

    private StoredPushProgress progress(long through, List<Long> listed) {
        return StoredPushProgress.newBuilder()
                .setFormat(FORMAT)
                .setIncarnation(incarnation)
                .setThrough(through)
                .addAllPending(listed)
                .build();
    }

    /**
     * Stores how far it is, on one thread.
     *
     * @throws ConflictException when another server does the work by now
     * @throws chat.chatto.core.ChattoException UNAVAILABLE
     */
    void save() {
        StoredPushProgress now = now();
        if (now.equals(stored) && revision > 0) {
            return;
        }
        byte[] value = now.toByteArray();
        revision =
                server.transact(
                        List.of(
                                revision == 0
                                        ? new Write.Create(KEY, value)
                                        : new Write.Update(KEY, value, revision)));
        stored = now;
    }
}
