package chat.chatto.storage.jetstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import chat.chatto.storage.Bucket;
import chat.chatto.storage.ConflictException;
import chat.chatto.storage.Following;
import chat.chatto.storage.KeyValueStore;
import chat.chatto.storage.KeyValueStore.Change;
import chat.chatto.storage.KeyValueStore.Entry;
import chat.chatto.storage.KeyValueStore.Write;
import chat.chatto.storage.RefusedException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

class JetStreamKeyValueStoreIT {

    @RegisterExtension static final NatsServerExtension nats = new NatsServerExtension();

    private JetStreamStorage storage;
    private KeyValueStore store;
    private String prefix;

    @BeforeEach
    void open(TestInfo test) {
        storage = nats.open();
        store = storage.bucket(Bucket.SERVER);
        prefix = test.getTestMethod().orElseThrow().getName();
    }

    @AfterEach
    void close() {
        storage.close();
    }

    private String key(Object name) {
        return prefix + "." + name;
    }

    @Test
    void getsWhatWasPut() {
        long revision = store.put(key("a"), bytes("one"));

        Entry entry = store.get(key("a")).orElseThrow();

        assertThat(entry.revision()).isEqualTo(revision);
        assertThat(text(entry.value())).isEqualTo("one");
        assertThat(store.get(key("b"))).isEmpty();
    }

    @Test
    void createsOnlyWhereNothingIs() {
        store.create(key("a"), bytes("one"));

        assertThatThrownBy(() -> store.create(key("a"), bytes("two")))
                .isInstanceOf(ConflictException.class);
        assertThat(value("a")).isEqualTo("one");
    }

    @Test
    void createsWhereAValueWasRemoved() {
        store.create(key("a"), bytes("one"));
        store.remove(key("a"));

        assertThat(store.get(key("a"))).isEmpty();
        store.create(key("a"), bytes("two"));

        assertThat(value("a")).isEqualTo("two");
    }

    @Test
    void updatesOnlyTheExpectedRevision() {
        long first = store.put(key("a"), bytes("one"));
        long second = store.update(key("a"), bytes("two"), first);

        assertThatThrownBy(() -> store.update(key("a"), bytes("three"), first))
                .isInstanceOf(ConflictException.class);
        assertThat(store.update(key("a"), bytes("four"), second)).isGreaterThan(second);
    }

    @Test
    void refusesWhatIsNotAKey() {
        for (String key : List.of("", ".", "a.", ".a", "a..b", "a b", "a*", ">", "ä")) {
            assertThatThrownBy(() -> store.get(key)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void refusesAValueThatIsTooLarge() {
        assertThatThrownBy(() -> store.put(key("a"), new byte[storage.maximumSize() + 1]))
                .isInstanceOf(RefusedException.class);
        store.put(key("a"), new byte[storage.maximumSize()]);
        assertThat(store.get(key("a")).orElseThrow().value()).hasSize(storage.maximumSize());
    }

    @Test
    void transactsAllWrites() {
        long kept = store.put(key("kept"), bytes("old"));
        long gone = store.put(key("gone"), bytes("old"));

        long last =
                store.transact(
                        List.of(
                                new Write.Create(key("new"), bytes("new")),
                                new Write.Update(key("kept"), bytes("changed"), kept),
                                new Write.Remove(key("gone"), gone),
                                new Write.Put(key("any"), bytes("any"))));

        assertThat(store.get(key("new")).orElseThrow().revision()).isEqualTo(last - 3);
        assertThat(store.get(key("kept")).orElseThrow().revision()).isEqualTo(last - 2);
        assertThat(store.get(key("gone"))).isEmpty();
        assertThat(store.get(key("any")).orElseThrow().revision()).isEqualTo(last);
        assertThat(value("kept")).isEqualTo("changed");
    }

    @Test
    void transactsNothingWhenOneExpectationFails() {
        long revision = store.put(key("a"), bytes("old"));

        assertThatThrownBy(
                        () ->
                                store.transact(
                                        List.of(
                                                new Write.Put(key("b"), bytes("new")),
                                                new Write.Create(key("c"), bytes("new")),
                                                new Write.Update(
                                                        key("a"), bytes("new"), revision - 1))))
                .isInstanceOf(ConflictException.class);

        assertThat(store.get(key("b"))).isEmpty();
        assertThat(store.get(key("c"))).isEmpty();
        assertThat(value("a")).isEqualTo("old");
    }

    @Test
    void transactsACreateWhereAValueWasRemoved() {
        store.put(key("a"), bytes("old"));
        store.remove(key("a"));

        store.transact(
                List.of(
                        new Write.Create(key("a"), bytes("new")),
                        new Write.Create(key("b"), bytes("new"))));

        assertThat(value("a")).isEqualTo("new");
    }

    @Test
    void transactsTheLargestNumberOfWrites() {
        List<Write> writes = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            writes.add(new Write.Create(key(i), bytes("value")));
        }

        long last = store.transact(writes);

        assertThat(store.get(key(0)).orElseThrow().revision()).isEqualTo(last - 499);
        assertThat(store.get(key(499)).orElseThrow().revision()).isEqualTo(last);
    }

    /** Two connections move amounts between the same accounts: the sum stays, whoever wins. */
    @Test
    void concurrentTransactionsAreAtomic() throws Exception {
        store.put(key("left"), bytes("1000"));
        store.put(key("right"), bytes("1000"));

        try (JetStreamStorage other = nats.open();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Void>> movers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                KeyValueStore through = i % 2 == 0 ? store : other.bucket(Bucket.SERVER);
                movers.add(
                        () -> {
                            moveOneTimes(5, through);
                            return null;
                        });
            }
            for (Future<Void> mover : threads.invokeAll(movers)) {
                mover.get();
            }
        }

        assertThat(Integer.parseInt(value("left"))).isEqualTo(1000 - 40);
        assertThat(Integer.parseInt(value("right"))).isEqualTo(1000 + 40);
    }

    private void moveOneTimes(int times, KeyValueStore through) {
        int moved = 0;
        while (moved < times) {
            Entry left = through.get(key("left")).orElseThrow();
            Entry right = through.get(key("right")).orElseThrow();
            try {
                through.transact(
                        List.of(
                                new Write.Update(key("left"), plus(left, -1), left.revision()),
                                new Write.Update(key("right"), plus(right, 1), right.revision())));
                moved++;
            } catch (ConflictException e) {
                assertThat(e).hasMessageContaining("came first");
            }
        }
    }

    private static byte[] plus(Entry entry, int amount) {
        return bytes(Integer.toString(Integer.parseInt(text(entry.value())) + amount));
    }

    @Test
    void oneOfTwoConnectionsWinsARaceToCreate() throws Exception {
        try (JetStreamStorage other = nats.open();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 100; i++) {
                String contested = key(i);
                List<Future<Boolean>> results =
                        threads.invokeAll(
                                List.of(
                                        () -> creates(store, contested),
                                        () -> creates(other.bucket(Bucket.SERVER), contested)));

                assertThat(List.of(results.get(0).get(), results.get(1).get()))
                        .containsExactlyInAnyOrder(true, false);
            }
        }
    }

    private static boolean creates(KeyValueStore store, String key) {
        try {
            store.create(key, bytes("mine"));
            return true;
        } catch (ConflictException e) {
            return false;
        }
    }

    @Test
    void watchesPresentValuesAndChangesBelowAPrefix() throws InterruptedException {
        store.put(key("a"), bytes("1"));
        store.put(key("b"), bytes("1"));
        store.put(key("removed"), bytes("1"));
        store.remove(key("removed"));
        store.put("elsewhere." + prefix, bytes("1"));
        List<Change> seen = new CopyOnWriteArrayList<>();

        try (Following watch = store.watch(prefix, seen::add)) {
            watch.awaitCurrent(Duration.ofSeconds(5));
            assertThat(seen).hasSize(2).allMatch(Change.Put.class::isInstance);
            long changed = store.put(key("a"), bytes("2"));
            store.remove(key("b"));

            await().untilAsserted(() -> assertThat(seen).hasSize(4));
            assertThat(seen.get(2).revision()).isEqualTo(changed);
            assertThat(seen.get(3)).isInstanceOf(Change.Removed.class);
            assertThat(seen.get(3).key()).isEqualTo(key("b"));
        }
    }

    @Test
    void watchesAnEmptyPrefix() throws InterruptedException {
        try (Following watch = store.watch(prefix, change -> {})) {
            watch.awaitCurrent(Duration.ofSeconds(5));

            assertThat(watch.position()).isZero();
        }
    }

    @Test
    void watchesChangesOnly() throws InterruptedException {
        store.put(key("a"), bytes("1"));
        List<Change> seen = new CopyOnWriteArrayList<>();

        try (Following watch = store.watchChanges(prefix, seen::add)) {
            watch.awaitCurrent(Duration.ofSeconds(5));
            store.put(key("b"), bytes("2"));

            await().untilAsserted(
                            () ->
                                    assertThat(seen)
                                            .extracting(Change::key)
                                            .containsExactly(key("b")));
        }
    }

    @Test
    void aWatchReachesTheStateThatWritersLeave() throws Exception {
        Map<String, Long> copy = new ConcurrentHashMap<>();
        for (int i = 0; i < 2_000; i++) {
            store.put(key(i % 200), bytes("value"));
        }

        try (Following watch =
                        store.watch(
                                prefix,
                                change -> {
                                    switch (change) {
                                        case Change.Put(var key, _, var revision) ->
                                                copy.put(key, revision);
                                        case Change.Removed(var key, _) -> copy.remove(key);
                                    }
                                });
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.invokeAll(List.of(() -> churn(0), () -> churn(1)));
            watch.awaitCurrent(Duration.ofSeconds(5));

            await().untilAsserted(
                            () -> {
                                for (int i = 0; i < 200; i++) {
                                    assertThat(copy.get(key(i)))
                                            .isEqualTo(
                                                    store.get(key(i))
                                                            .map(Entry::revision)
                                                            .orElse(null));
                                }
                            });
        }
    }

    private Void churn(int which) {
        for (int i = which; i < 400; i += 2) {
            if (i % 3 == 0) {
                store.remove(key(i % 200));
            } else {
                store.put(key(i % 200), bytes("new"));
            }
        }
        return null;
    }

    @Test
    void aValueVanishesAndWatchersHearOfIt() throws InterruptedException {
        KeyValueStore tokens = storage.bucket(Bucket.AUTH_TOKENS);
        List<Change> seen = new CopyOnWriteArrayList<>();

        try (Following watch = tokens.watch(prefix, seen::add)) {
            watch.awaitCurrent(Duration.ofSeconds(5));
            long revision = tokens.create(key("a"), bytes("token"), Duration.ofSeconds(1));
            revision = tokens.update(key("a"), bytes("token"), revision, Duration.ofSeconds(2));

            await().untilAsserted(() -> assertThat(tokens.get(key("a"))).isEmpty());
            await().untilAsserted(() -> assertThat(seen).last().isInstanceOf(Change.Removed.class));
            assertThat(revision).isPositive();
        }

        tokens.create(key("a"), bytes("token"));
        assertThat(tokens.get(key("a"))).isPresent();
    }

    private String value(String name) {
        return text(store.get(key(name)).orElseThrow().value());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
