package chat.chatto.core.timeline;

import java.util.Collection;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The newest commits of a shard, in order, bounded in bytes, number and age: what reconnecting clients are brought up to date from.
 * Safe for use by many threads; readers are never held up.
 */
final class CommitRing {

    private final long maximumBytes;
    private final int maximumCommits;
    private final ConcurrentNavigableMap<Long, Commit> commits = new ConcurrentSkipListMap<>();
    private long bytes;
    private int count;
    private volatile long completeAfter;

    CommitRing(long maximumBytes, int maximumCommits) {
        this.maximumBytes = maximumBytes;
        this.maximumCommits = maximumCommits;
    }

    /** Every commit after this sequence that the server knows is in the ring. */
    long completeAfter() {
        return completeAfter;
    }

    /** Declares that commits up to a sequence are not to be had. */
    synchronized void startAfter(long sequence) {
        completeAfter = Math.max(completeAfter, sequence);
        while (!commits.isEmpty() && commits.firstKey() <= completeAfter) {
            removeOldest();
        }
    }

    synchronized void append(Commit commit) {
        if (commit.sequence() <= completeAfter) {
            return;
        }
        commits.put(commit.sequence(), commit);
        bytes += commit.size();
        count++;
        while (bytes > maximumBytes || count > maximumCommits) {
            removeOldest();
        }
    }

    /** Removes commits that are older than a time in milliseconds. */
    synchronized void trim(long beforeMillis) {
        for (var oldest = commits.firstEntry();
                oldest != null && oldest.getValue().atMillis() < beforeMillis;
                oldest = commits.firstEntry()) {
            removeOldest();
        }
    }

    /** The commits after a sequence, the oldest first; a live view. */
    Collection<Commit> after(long sequence) {
        return commits.tailMap(sequence, false).values();
    }

    /** The commits from a sequence on, the oldest first; a live view. */
    Collection<Commit> from(long sequence) {
        return commits.tailMap(sequence, true).values();
    }

    private void removeOldest() {
        Commit oldest = commits.firstEntry().getValue();
        // First the mark, so that no reader can miss the commit without being able to see that it
        // did.
        completeAfter = Math.max(completeAfter, oldest.sequence());
        commits.remove(oldest.sequence());
        bytes -= oldest.size();
        count--;
    }
}
