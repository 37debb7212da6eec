package chat.chatto.launcher.doctor;

import chat.chatto.core.timeline.FoldingState;
import chat.chatto.core.timeline.Verification;
import chat.chatto.storage.StorageReport;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was found out.
 *
 * @param replicas how many copies there should be of everything
 * @param embedded about the NATS of this machine, when it is that
 */
record Facts(
        Instant time,
        int replicas,
        StorageReport storage,
        Optional<Embedded> embedded,
        List<Shard> shards) {

    Facts {
        shards = List.copyOf(shards);
    }

    /**
     * A nats-server that Chatto runs itself.
     *
     * @param syncInterval when it writes through to the disk; {@code always} means before it acknowledges
     * @param freeBytes what is left on its disk
     * @param totalBytes the size of its disk
     */
    record Embedded(Path dataDirectory, String syncInterval, long freeBytes, long totalBytes) {}

    /**
     * One shard of room timelines.
     *
     * @param folding empty when it could not be asked
     * @param verification empty when it was not asked for, or failed
     * @param verificationFailure why it failed
     */
    record Shard(
            int number,
            Optional<FoldingState> folding,
            Optional<Verification> verification,
            Optional<String> verificationFailure) {}
}
