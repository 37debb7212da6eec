package chat.chatto.storage.jetstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import chat.chatto.storage.Bucket;
import chat.chatto.storage.EventLog;
import chat.chatto.storage.EventLog.Entry;
import chat.chatto.storage.Following;
import chat.chatto.storage.KeyValueStore;
import chat.chatto.storage.KeyValueStore.Change;
import chat.chatto.storage.Storage.Status;
import chat.chatto.storage.UnavailableException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** The only server dies without warning, and comes back. */
class InterruptionsIT {

    @RegisterExtension static final NatsServerExtension nats = new NatsServerExtension();

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private JetStreamStorage storage;
    private String key;

    @BeforeEach
    void open(TestInfo test) {
        if (!nats.server().running()) {
            nats.restart();
        }
        storage = nats.open();
        key = test.getTestMethod().orElseThrow().getName();
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void aFollowingGoesOnWithoutLossOrRepetition() throws Exception {
        EventLog log = storage.rooms(1);
        long start = log.extent().last();
        List<Entry> seen = new CopyOnWriteArrayList<>();

        try (Following following = log.follow(start, seen::add)) {
            AtomicBoolean writing = new AtomicBoolean(true);
            Thread writer = Thread.ofVirtual().start(() -> appendWhile(writing, log));
            for (int round = 0; round < 3; round++) {
                int before = seen.size();
                await().atMost(PATIENCE).until(() -> seen.size() > before + 500);
                nats.kill();
                nats.restart();
            }
            int before = seen.size();
            await().atMost(PATIENCE).until(() -> seen.size() > before + 500);
            writing.set(false);
            writer.join();
            long last = log.last(key).orElseThrow().sequence();
            await().atMost(PATIENCE).until(() -> following.position() == last);
        }

        assertThat(seen).extracting(Entry::sequence).isSorted().doesNotHaveDuplicates();
        assertThat(seen)
                .extracting(entry -> new String(entry.content(), StandardCharsets.UTF_8))
                .containsExactlyElementsOf(numbersUpTo(seen.size()));
    }

    /** Appends 0, 1, 2 …, each exactly once, finding out what became of those that were not confirmed. */
    private void appendWhile(AtomicBoolean writing, EventLog log) {
        long last = 0;
        int number = 0;
        while (writing.get()) {
            try {
                last =
                        log.append(
                                key,
                                last,
                                Integer.toString(number).getBytes(StandardCharsets.UTF_8));
                number++;
            } catch (UnavailableException e) {
                Entry newest = awaitLast(log);
                last = newest.sequence();
                number = Integer.parseInt(new String(newest.content(), StandardCharsets.UTF_8)) + 1;
            }
        }
    }

    private Entry awaitLast(EventLog log) {
        return await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> log.last(key).orElseThrow(), entry -> true);
    }

    private static List<String> numbersUpTo(int end) {
        return IntStream.range(0, end).mapToObj(Integer::toString).toList();
    }

    /** A writer that was never told what became of an append would see a conflict with itself. */
    @Test
    void anAppendUnderWayIsSettledAfterTheRestart() throws Exception {
        JetStreamConfig patient = JetStreamConfig.local(nats.url()).withRequestTimeout(PATIENCE);
        AtomicBoolean writing = new AtomicBoolean(true);
        AtomicInteger written = new AtomicInteger();
        try (JetStreamStorage patientStorage = JetStreamStorage.open(patient)) {
            EventLog log = patientStorage.rooms(1);
            FutureTask<Long> writer =
                    new FutureTask<>(
                            () -> {
                                long last = 0;
                                while (writing.get()) {
                                    last = appendOnceConnected(patientStorage, last, written);
                                }
                                return last;
                            });
            Thread.ofVirtual().start(writer);
            for (int round = 0; round < 3; round++) {
                int before = written.get();
                await().atMost(PATIENCE)
                        .until(() -> written.get() > before + 300 || writer.isDone());
                nats.kill();
                nats.restart();
            }
            writing.set(false);

            assertThat(writer.get(30, TimeUnit.SECONDS))
                    .isEqualTo(log.last(key).orElseThrow().sequence());
        }
    }

    /** Nothing was sent where there was no connection to begin with. */
    private long appendOnceConnected(JetStreamStorage through, long last, AtomicInteger written) {
        try {
            long sequence = through.rooms(1).append(key, last, new byte[1]);
            written.incrementAndGet();
            return sequence;
        } catch (UnavailableException e) {
            assertThat(e).hasMessage("Not connected to NATS");
            await().atMost(PATIENCE).until(() -> through.status().connected());
            return last;
        }
    }

    @Test
    void aWatchHearsOfChangesAfterwards() throws Exception {
        KeyValueStore store = storage.bucket(Bucket.SERVER);
        List<Change> seen = new CopyOnWriteArrayList<>();
        store.put(key + ".a", new byte[1]);

        try (Following watch = store.watch(key, seen::add)) {
            watch.awaitCurrent(PATIENCE);
            nats.kill();
            nats.restart();
            try (JetStreamStorage other = nats.open()) {
                other.bucket(Bucket.SERVER).put(key + ".b", new byte[1]);
                other.bucket(Bucket.SERVER).remove(key + ".a");
            }

            await().atMost(PATIENCE).untilAsserted(() -> assertThat(seen).hasSize(3));
            assertThat(seen.getLast()).isInstanceOf(Change.Removed.class);
        }
    }

    @Test
    void aWatchOfWhatIsInMemoryBeginsAnew() throws Exception {
        KeyValueStore presence = storage.bucket(Bucket.PRESENCE);
        List<Change> seen = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 10; i++) {
            presence.put(key + ".before", new byte[1]);
        }

        try (Following watch = presence.watch(key, seen::add)) {
            watch.awaitCurrent(PATIENCE);
            nats.kill();
            nats.restart();
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> presence.put(key + ".after", new byte[1]) > 0);

            await().atMost(PATIENCE)
                    .untilAsserted(
                            () ->
                                    assertThat(seen)
                                            .extracting(Change::key)
                                            .contains(key + ".after"));
        }
    }

    @Test
    void aWatchOfWhatIsInMemoryMissesNothingWrittenByThoseWhoWereBackFirst() throws Exception {
        List<Change> seen = new CopyOnWriteArrayList<>();
        storage.bucket(Bucket.PRESENCE).put(key + ".before", new byte[1]);

        try (Following watch = storage.bucket(Bucket.PRESENCE).watch(key, seen::add)) {
            watch.awaitCurrent(PATIENCE);
            nats.kill();
            nats.restart();
            try (JetStreamStorage other = nats.open()) {
                for (int i = 0; i < 500; i++) {
                    other.bucket(Bucket.PRESENCE).put(key + "." + i, new byte[1]);
                }
            }

            await().atMost(PATIENCE)
                    .untilAsserted(
                            () ->
                                    assertThat(seen)
                                            .extracting(Change::key)
                                            .contains(key + ".0", key + ".499"));
        }
    }

    @Test
    void withoutAServerRequestsFailAtOnce() {
        List<Status> heard = new CopyOnWriteArrayList<>();
        storage.onStatusChange(heard::add);
        nats.kill();
        await().until(() -> !storage.status().connected());

        long begin = System.nanoTime();
        assertThatThrownBy(() -> storage.rooms(1).append(key, 0, new byte[1]))
                .isInstanceOf(UnavailableException.class);
        assertThatThrownBy(() -> storage.rooms(1).last(key))
                .isInstanceOf(UnavailableException.class);
        assertThatThrownBy(() -> storage.bucket(Bucket.SERVER).get(key))
                .isInstanceOf(UnavailableException.class);
        storage.broadcast().send(key, new byte[1]);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));

        nats.restart();
        await().atMost(PATIENCE).until(() -> storage.status().connected());
        assertThat(storage.rooms(1).append(key, 0, new byte[1])).isPositive();
        await().untilAsserted(
                        () ->
                                assertThat(heard)
                                        .extracting(Status::connected, Status::writable)
                                        .containsExactly(
                                                tuple(false, false),
                                                tuple(true, false),
                                                tuple(true, true)));
        await().atMost(PATIENCE).until(() -> storage.status().roundTrip().isPositive());
    }

    @Test
    void aFollowingBegunWithoutAServerStartsWhenItComes() throws Exception {
        storage.rooms(1).append(key, 0, new byte[1]);
        nats.kill();
        await().until(() -> !storage.status().connected());

        try (Following following = storage.rooms(1).follow(0, entry -> {})) {
            assertThatThrownBy(() -> following.awaitCurrent(Duration.ofMillis(200)))
                    .isInstanceOf(UnavailableException.class);
            nats.restart();

            following.awaitCurrent(PATIENCE);
        }
    }
}
