package chat.chatto.core.timeline;

import java.time.Duration;

/**
 * How much the timeline engine holds in memory and how long its waits are. The defaults keep a server's memory independent of how long its
 * history is.
 *
 * @param pageCacheBytes folded pages in memory, estimated
 * @param ringBytes commits in memory for reconnecting clients, by their size in the log; the log is purged of what left the ring
 * @param ringCommits the same, in number
 * @param ringAge how long a commit stays in the ring and the log when there is room
 * @param unfoldedBytes commits that wait for folding; posts are refused beyond
 * @param rememberedKeys idempotency keys in memory
 * @param spillBytes the largest page document
 * @param commitEvents events grouped into one commit
 * @param commitBytes bodies grouped into one commit, unless one alone is larger
 * @param roomQueue writes that wait for one room
 * @param writeTimeout how long a write waits for its acknowledgement
 * @param foldInterval how long a commit waits at least for company before it is folded
 */
public record TimelineLimits(
        long pageCacheBytes,
        long ringBytes,
        int ringCommits,
        Duration ringAge,
        long unfoldedBytes,
        int rememberedKeys,
        int spillBytes,
        int commitEvents,
        int commitBytes,
        int roomQueue,
        Duration writeTimeout,
        Duration foldInterval) {

    /** What the product runs with. */
    public static TimelineLimits standard() {
        return new TimelineLimits(
                24L << 20,
                8L << 20,
                20_000,
                Duration.ofMinutes(5),
                64L << 20,
                393_216,
                512 << 10,
                256,
                384 << 10,
                4_096,
                Duration.ofSeconds(10),
                Duration.ofMillis(500));
    }
}
