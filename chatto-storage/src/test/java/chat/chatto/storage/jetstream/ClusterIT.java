package chat.chatto.storage.jetstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import chat.chatto.storage.Bucket;
import chat.chatto.storage.ConflictException;
import chat.chatto.storage.EventLog;
import chat.chatto.storage.EventLog.Entry;
import chat.chatto.storage.Following;
import chat.chatto.storage.KeyValueStore;
import chat.chatto.storage.KeyValueStore.Write;
import chat.chatto.storage.UnavailableException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

/** Three servers, three replicas of everything. */
class ClusterIT {

    @RegisterExtension static final NatsClusterExtension cluster = new NatsClusterExtension();

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private JetStreamStorage storage;
    private String key;

    @BeforeEach
    void open(TestInfo test) {
        cluster.servers().stream().filter(server -> !server.running()).forEach(NatsServer::start);
        storage = JetStreamStorage.open(cluster.config());
        key = test.getTestMethod().orElseThrow().getName();
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void aLoneWriterSeesNoConflict() {
        EventLog log = storage.rooms(1);
        long last = 0;

        for (int i = 0; i < 2_000; i++) {
            last = log.append(key, last, bytes(i));
        }

        assertThat(numbers(readAll(log))).isEqualTo(upTo(2_000));
        long end = last;
        assertThatThrownBy(() -> log.append(key, end - 1, bytes(0)))
                .isInstanceOf(ConflictException.class);
    }

    @Test
    void whatWasConfirmedSurvivesTheLeadersDeath() throws Exception {
        EventLog log = storage.rooms(1);
        List<Entry> seen = new CopyOnWriteArrayList<>();
        long start = log.extent().last();
        int confirmed = 0;

        try (Following following = log.follow(start, seen::add)) {
            long last = 0;
            for (int round = 0; round < 3; round++) {
                int target = confirmed + 300;
                NatsServer leader = cluster.server(leaderOf("ROOMS_1"));
                while (confirmed < target) {
                    if (confirmed == target - 150 && leader.running()) {
                        leader.kill();
                    }
                    last = appendSurely(log, last, confirmed);
                    confirmed++;
                }
                leader.start();
            }
            long end = last;
            await().atMost(PATIENCE).until(() -> following.position() == end);
        }

        assertThat(numbers(readAll(log))).isEqualTo(upTo(confirmed));
        assertThat(numbers(seen)).isEqualTo(upTo(confirmed));
    }

    /** Appends a number, finding out what became of it where there was no answer. A conflict fails the test: nobody else writes. */
    private long appendSurely(EventLog log, long last, int number) {
        while (true) {
            try {
                return log.append(key, last, bytes(number));
            } catch (UnavailableException e) {
                long expected = last;
                Entry newest =
                        await().atMost(PATIENCE)
                                .ignoreExceptionsInstanceOf(UnavailableException.class)
                                .until(
                                        () -> log.last(key).orElseThrow(),
                                        entry -> entry.sequence() >= expected);
                if (number(newest) == number) {
                    return newest.sequence();
                }
            }
        }
    }

    @Test
    void readsSeeWhatWasJustWritten() {
        KeyValueStore store = storage.bucket(Bucket.SERVER);
        try (JetStreamStorage other = JetStreamStorage.open(cluster.config())) {
            for (int i = 0; i < 300; i++) {
                long revision = store.put(key, bytes(i));

                assertThat(other.bucket(Bucket.SERVER).get(key).orElseThrow().revision())
                        .isEqualTo(revision);
            }
        }
    }

    @Test
    void transactsUnderContentionWithoutFalseConflicts() {
        KeyValueStore store = storage.bucket(Bucket.SERVER);
        long one = store.put(key + ".one", bytes(0));
        long two = store.put(key + ".two", bytes(0));

        for (int i = 1; i <= 100; i++) {
            long last =
                    store.transact(
                            List.of(
                                    new Write.Update(key + ".one", bytes(i), one),
                                    new Write.Update(key + ".two", bytes(i), two)));
            one = last - 1;
            two = last;
        }

        assertThat(store.get(key + ".two").orElseThrow().revision()).isEqualTo(two);
    }

    @Test
    void saysThatNothingCanBeWrittenWhileTheMajorityIsAway() {
        List<NatsServer> majority = cluster.servers().subList(0, 2);
        assertThat(storage.status().writable()).isTrue();

        majority.forEach(NatsServer::kill);

        await().atMost(PATIENCE)
                .until(() -> storage.status().connected() && !storage.status().writable());
        assertThatThrownBy(() -> storage.rooms(1).append(key, 0, bytes(0)))
                .isInstanceOf(UnavailableException.class);

        majority.forEach(NatsServer::start);

        await().atMost(PATIENCE).until(() -> storage.status().writable());
    }

    private static String leaderOf(String stream) throws Exception {
        List<NatsServer> running = cluster.servers().stream().filter(NatsServer::running).toList();
        return NativeClient.ask(
                running.getFirst().url(),
                connection ->
                        connection
                                .jetStreamManagement()
                                .getStreamInfo(stream)
                                .getClusterInfo()
                                .getLeader());
    }

    private List<Entry> readAll(EventLog log) {
        List<Entry> all = new ArrayList<>();
        List<Entry> part = log.read(key, 0, 1_000);
        while (!part.isEmpty()) {
            all.addAll(part);
            part = log.read(key, all.getLast().sequence(), 1_000);
        }
        return all;
    }

    private static List<Integer> numbers(List<Entry> entries) {
        return entries.stream().map(ClusterIT::number).toList();
    }

    private static List<Integer> upTo(int end) {
        return IntStream.range(0, end).boxed().toList();
    }

    private static byte[] bytes(int number) {
        return ByteBuffer.allocate(4).putInt(number).array();
    }

    private static int number(Entry entry) {
        return ByteBuffer.wrap(entry.content()).getInt();
    }
}
