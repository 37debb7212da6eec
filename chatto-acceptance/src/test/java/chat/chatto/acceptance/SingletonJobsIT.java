package chat.chatto.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.chatto.acceptance.client.Keys;
import chat.chatto.acceptance.client.Person;
import chat.chatto.acceptance.server.ChattoServer;
import chat.chatto.storage.KeyValueStore.Entry;
import chat.chatto.storage.Storage;
import chat.chatto.storage.jetstream.NatsServerExtension;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Folding, and with it the cleaning up of the log, is done by one server for all; when it goes, another one goes on. */
// Beside other classes, but one test after the other.
@Execution(ExecutionMode.CONCURRENT)
class SingletonJobsIT {

    private static final Logger log = LoggerFactory.getLogger(SingletonJobsIT.class);

    private static final Duration AFTER_DEATH = Duration.ofSeconds(15);
    private static final Duration AFTER_STOP = Duration.ofSeconds(8);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String HOLDING = "Holding the lease 'fold-1'";

    /** Where the shard's folder says how far it has come. */
    private static final String PROGRESS = "progress.fold";

    @RegisterExtension static final NatsServerExtension nats = new NatsServerExtension();
    @TempDir Path directory;

    private Storage storage;
    private ChattoServer holder;
    private ChattoServer other;
    private Person ada;
    private String room;

    @BeforeEach
    void startBoth() {
        String secretKey = "0123456789abcdef".repeat(4);
        ChattoServer one = ChattoServer.onNats(directory, nats.url(), secretKey).start();
        ChattoServer two = ChattoServer.onNats(directory, nats.url(), secretKey).start();
        await().atMost(PATIENCE).until(() -> holds(one) != holds(two));
        holder = holds(one) ? one : two;
        other = holds(one) ? two : one;
        String name = "folded." + holder.uri().getPort();
        ada = Person.register(other.uri(), name);
        room = ada.createRoom(name);
        storage = nats.open();
    }

    @AfterEach
    void stopBoth() {
        storage.close();
        List.of(holder, other).forEach(ChattoServer::askToStop);
        List.of(holder, other).forEach(ChattoServer::awaitStop);
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void moveToAnotherServerWhenTheirHolderIsKilled() {
        awaitFolding(PATIENCE);

        holder.kill();
        long killed = System.nanoTime();

        await().atMost(AFTER_DEATH).until(() -> holds(other));
        awaitFolding(AFTER_DEATH.minusNanos(System.nanoTime() - killed));
        log.info("Folding went on {} ms after its holder died", millisSince(killed));
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void moveToAnotherServerAtOnceWhenTheirHolderStops() {
        awaitFolding(PATIENCE);

        assertThat(holder.terminate()).isZero();
        long stopped = System.nanoTime();

        await().atMost(AFTER_STOP).until(() -> holds(other));
        awaitFolding(AFTER_STOP);
        log.info("Folding went on {} ms after its holder had stopped", millisSince(stopped));
    }

    private static long millisSince(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime).toMillis();
    }

    private static boolean holds(ChattoServer server) {
        return server.log().contains(HOLDING);
    }

    /** Posts a message and waits until what was posted is in the pages. */
    private void awaitFolding(Duration patience) {
        long before = progress();
        ada.say(room, "to be folded", Keys.next()).orFail();
        await("the message to be folded").atMost(patience).until(() -> progress() > before);
    }

    private long progress() {
        return storage.pages(1).get(PROGRESS).map(Entry::revision).orElse(0L);
    }
}
