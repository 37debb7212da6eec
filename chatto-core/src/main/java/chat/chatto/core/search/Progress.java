package chat.chatto.core.search;

import java.util.Map;
import java.util.Optional;

/**
 * How much of one shard is in the index; written together with the index, so that the two always fit.
 *
 * @param incarnation of the shard's log
 * @param through what happened up to this commit is in the index
 * @param overlap what was posted up to this commit may be in the index already
 * @param walk the way through the pages, as long as it is not over; {@code through} does not change meanwhile
 */
record Progress(String incarnation, long through, long overlap, Optional<Walk> walk) {

    private static final String INCARNATION = ".incarnation";
    private static final String THROUGH = ".through";
    private static final String OVERLAP = ".overlap";
    private static final String TARGET = ".target";
    private static final String ROOM = ".room";

    /**
     * A way through the pages of all rooms in the order of their ids.
     *
     * @param target when it is over, what happened up to this commit is in the index
     * @param room the last that was finished; empty at the beginning
     */
    record Walk(long target, String room) {}

    /** Nothing is in the index yet. */
    static Progress none(String incarnation, long target) {
        return new Progress(incarnation, 0, 0, Optional.of(new Walk(target, "")));
    }

    /** Begins a way through the pages. */
    Progress walking(long target) {
        return new Progress(incarnation, through, overlap, Optional.of(new Walk(target, "")));
    }

    Progress finished(String room) {
        return new Progress(
                incarnation,
                through,
                overlap,
                walk.map(unfinished -> new Walk(unfinished.target(), room)));
    }

    /**
     * The way is over.
     *
     * @param overlap the last commit that can be in the pages
     */
    Progress walked(long overlap) {
        return new Progress(incarnation, walk.orElseThrow().target(), overlap, Optional.empty());
    }

    /** What was posted up to a commit may be in the index already. */
    Progress overlapping(long sequence) {
        return new Progress(incarnation, through, Math.max(overlap, sequence), walk);
    }

    Progress at(long sequence) {
        return new Progress(incarnation, sequence, overlap, walk);
    }

    /** Whether the messages of a way through the pages cannot be in the index yet. */
    boolean fromScratch() {
        return through == 0;
    }

    void write(int shard, Map<String, String> into) {
        String prefix = String.valueOf(shard);
        into.put(prefix + INCARNATION, incarnation);
        into.put(prefix + THROUGH, String.valueOf(through));
        into.put(prefix + OVERLAP, String.valueOf(overlap));
        walk.ifPresent(
                unfinished -> {
                    into.put(prefix + TARGET, String.valueOf(unfinished.target()));
                    into.put(prefix + ROOM, unfinished.room());
                });
    }

    /** @return empty when nothing is known of the shard */
    static Optional<Progress> read(int shard, Map<String, String> from) {
        String prefix = String.valueOf(shard);
        String incarnation = from.get(prefix + INCARNATION);
        if (incarnation == null) {
            return Optional.empty();
        }
        Optional<Walk> walk =
                Optional.ofNullable(from.get(prefix + TARGET))
                        .map(
                                target ->
                                        new Walk(
                                                Long.parseLong(target),
                                                from.getOrDefault(prefix + ROOM, "")));
        return Optional.of(
                new Progress(
                        incarnation,
                        number(from, prefix + THROUGH),
                        number(from, prefix + OVERLAP),
                        walk));
    }

    private static long number(Map<String, String> from, String key) {
        return Long.parseLong(from.getOrDefault(key, "0"));
    }
}
