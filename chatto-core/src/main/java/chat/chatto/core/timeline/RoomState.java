package chat.chatto.core.timeline;

import chat.chatto.core.room.RoomId;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What a server knows of one room: where its log ends, and the commits that are not in the pages yet. Every method but the
 * volatile reads {@link #head} and {@link #droppedThrough} is called under {@link #lock}.
 */
final class RoomState {

    /** What a commit meant for the room. */
    enum Applied {
        /** The room goes on with it. */
        NEXT,
        /** It was known already. */
        KNOWN,
        /** Commits before it are missing here: what was derived from the room's commits must be dropped. */
        AFTER_GAP
    }

    final ReentrantLock lock = new ReentrantLock();

    private final RoomId id;
    private final Deque<Commit> unfolded = new ArrayDeque<>(1);
    private volatile RoomTip tip = RoomTip.EMPTY;
    private volatile long droppedThrough;
    private volatile @Nullable String damage;
    private long unfoldedBytes;
    private long firstInLog;
    private int lastSize;
    private volatile long lastAtMillis;

    RoomState(RoomId id) {
        this.id = id;
    }

    RoomId id() {
        return id;
    }

    /** Where the log ends as far as this server knows. */
    RoomTip tip() {
        return tip;
    }

    long head() {
        return tip.head();
    }

    /** The newest commit that is no longer among {@link #unfolded}; a page read from storage before it moved may miss it. */
    long droppedThrough() {
        return droppedThrough;
    }

    /** Why the room must not be shown. */
    Optional<String> damage() {
        return Optional.ofNullable(damage);
    }

    void damaged(String why) {
        damage = why;
    }

    /**
     * Takes a commit in.
     *
     * @param foldedThrough commits up to this one are in the pages already
     */
    Applied apply(Commit commit, long foldedThrough) {
        RoomTip before = tip;
        if (commit.sequence() <= before.sequence()) {
            return Applied.KNOWN;
        }
        boolean first = before.sequence() == 0;
        boolean gap = commit.previousSequence() != before.sequence();
        if (!gap && !commit.previousHash().equals(before.hash())) {
            damaged(
                    "commit "
                            + commit.sequence()
                            + " does not continue the chain of commit "
                            + before.sequence());
        }
        tip = RoomTip.of(commit);
        lastSize = commit.size();
        lastAtMillis = commit.atMillis();
        if (gap) {
            unfolded.clear();
            unfoldedBytes = 0;
            droppedThrough = commit.previousSequence();
        }
        if (first || gap) {
            firstInLog = commit.sequence();
        }
        if (commit.sequence() > foldedThrough) {
            unfolded.addLast(commit);
            unfoldedBytes += commit.size();
        } else {
            droppedThrough = commit.sequence();
        }
        return gap && !first ? Applied.AFTER_GAP : Applied.NEXT;
    }

    /** Forgets commits that are in the pages. */
    void folded(long through) {
        for (Commit oldest = unfolded.peekFirst();
                oldest != null && oldest.sequence() <= through;
                oldest = unfolded.peekFirst()) {
            droppedThrough = oldest.sequence();
            unfoldedBytes -= oldest.size();
            unfolded.removeFirst();
        }
    }

    /** The size in the log of the commits that may be missing in the pages. */
    long unfoldedBytes() {
        return unfoldedBytes;
    }

    boolean hasUnfolded() {
        return !unfolded.isEmpty();
    }

    /** The commits that may be missing in the pages, the oldest first. */
    List<Commit> unfolded() {
        return new ArrayList<>(unfolded);
    }

    /** The pages that those commits changed. */
    Set<PageKey> unfoldedPages() {
        Set<PageKey> keys = new LinkedHashSet<>();
        unfolded.forEach(commit -> keys.addAll(commit.touched()));
        return keys;
    }

    /** A commit that is known and not folded yet. */
    Optional<Commit> unfoldedAt(long sequence) {
        var newestFirst = unfolded.descendingIterator();
        while (newestFirst.hasNext()) {
            Commit commit = newestFirst.next();
            if (commit.sequence() <= sequence) {
                return commit.sequence() == sequence ? Optional.of(commit) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** The oldest commit of the room that may still be in the log. */
    long firstInLog() {
        return firstInLog;
    }

    void purgedBelow(long sequence) {
        firstInLog = Math.max(firstInLog, sequence);
    }

    /** The newest commit's size in bytes. */
    int lastSize() {
        return lastSize;
    }

    long lastAtMillis() {
        return lastAtMillis;
    }
}
