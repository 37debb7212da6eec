package chat.chatto.core.timeline;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** Which sequences a log lacks. It gives each sequence once, so that only a purge may leave holes. For one thread. */
final class LogHoles {

    /** As many as this are missing only where everything is. */
    private static final int MOST = 1_000;

    /** Consecutive sequences, both included. */
    record Hole(long first, long last) {}

    private final List<Hole> holes = new ArrayList<>();
    private final NavigableSet<Long> explained = new TreeSet<>();
    private long seen;

    /** Sequences up to this one are of no interest. */
    void begin(long after) {
        seen = after;
    }

    /** The log's next record. */
    void next(long sequence) {
        end(sequence - 1);
        seen = Math.max(seen, sequence);
    }

    /** The log gave sequences up to this one. */
    void end(long last) {
        if (last > seen && holes.size() < MOST) {
            holes.add(new Hole(seen + 1, last));
        }
        seen = Math.max(seen, last);
    }

    /** What is known of a missing sequence is said elsewhere. */
    void explain(long sequence) {
        explained.add(sequence);
    }

    /** The holes above a sequence that nobody has explained. */
    List<Hole> unexplainedAfter(long purgedThrough) {
        return holes.stream()
                .map(hole -> new Hole(Math.max(hole.first(), purgedThrough + 1), hole.last()))
                .filter(hole -> hole.first() <= hole.last())
                .filter(hole -> !isExplained(hole))
                .toList();
    }

    private boolean isExplained(Hole hole) {
        return explained.subSet(hole.first(), true, hole.last(), true).size()
                == hole.last() - hole.first() + 1;
    }
}
