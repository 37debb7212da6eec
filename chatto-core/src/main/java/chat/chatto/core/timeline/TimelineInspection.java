package chat.chatto.core.timeline;

import chat.chatto.core.room.RoomId;
import chat.chatto.storage.EventLog;
import chat.chatto.storage.KeyValueStore;
import chat.chatto.storage.UnavailableException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * What an operator can ask of one shard of room timelines from outside, whether servers run or not. It only reads. Failures of storage are
 * thrown as {@link chat.chatto.storage.StorageException}.
 */
public final class TimelineInspection {

    private static final Logger LOG = LoggerFactory.getLogger(TimelineInspection.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final EventLog log;
    private final KeyValueStore documents;

    /**
     * Of one shard.
     *
     * @param log its commits
     * @param documents its pages and heads
     */
    public TimelineInspection(EventLog log, KeyValueStore documents) {
        this.log = log;
        this.documents = documents;
    }

    /** How far the commits are in the pages. A progress that cannot be read counts as none. */
    public FoldingState folding() throws InterruptedException {
        FoldProgress progress = FoldProgress.readOrNone(documents);
        long waiting = Math.max(0, log.extent().last() - progress.foldedThrough());
        return new FoldingState(
                waiting, waiting == 0 ? Optional.empty() : firstAfter(progress.foldedThrough()));
    }

    /** @return empty when the commit cannot be read */
    private Optional<Instant> firstAfter(long sequence) throws InterruptedException {
        var first = new CompletableFuture<Optional<Instant>>();
        try (var _ = log.follow(sequence, entry -> first.complete(timeOf(entry)))) {
            return first.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new UnavailableException("The log does not deliver what it holds", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static Optional<Instant> timeOf(EventLog.Entry entry) {
        try {
            Commit commit =
                    CommitCodec.decode(new RoomId(entry.key()), entry.sequence(), entry.content());
            return Optional.of(Instant.ofEpochMilli(commit.atMillis()));
        } catch (DamagedException e) {
            LOG.debug("Commit {} does not say when it was made", entry.sequence(), e);
            return Optional.empty();
        }
    }

    /**
     * Reads everything that the shard stores and holds it against the hash chain. Memory depends on the number of rooms, not of messages.
     *
     * @param progress is told now and then how far the reading is, on any thread, one at a time
     */
    public Verification verify(Consumer<Verification> progress) throws InterruptedException {
        return new ChainVerification(log, documents, progress).run();
    }
}
