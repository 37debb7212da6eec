package chat.chatto.storage.jetstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import chat.chatto.storage.ConflictException;
import chat.chatto.storage.EventLog;
import chat.chatto.storage.EventLog.Entry;
import chat.chatto.storage.Following;
import chat.chatto.storage.RefusedException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;

class JetStreamEventLogIT {

    @RegisterExtension static final NatsServerExtension nats = new NatsServerExtension();

    private JetStreamStorage storage;
    private EventLog log;
    private String key;

    @BeforeEach
    void open(TestInfo test) {
        storage = nats.open();
        log = storage.rooms(1);
        key = test.getTestMethod().orElseThrow().getName();
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void appendsInSequence() {
        long first = log.append(key, 0, bytes("one"));
        long second = log.append(key, first, bytes("two"));

        assertThat(second).isEqualTo(first + 1);
        assertThat(text(log.last(key).orElseThrow())).isEqualTo("two");
        assertThat(log.last(key).orElseThrow().sequence()).isEqualTo(second);
        assertThat(log.extent().last()).isEqualTo(second);
    }

    @Test
    void findsTheNewestRecordsOfManyKeysAtOnce() {
        List<String> keys = LongStream.range(0, 700).mapToObj(i -> key + "-" + i).toList();
        for (int i = 0; i < keys.size(); i += 10) {
            long first = log.append(keys.get(i), 0, bytes("old"));
            log.append(keys.get(i), first, bytes("new " + i));
        }

        Map<String, Entry> newest = log.last(keys);

        assertThat(newest)
                .hasSize(70)
                .hasEntrySatisfying(
                        keys.get(690), entry -> assertThat(text(entry)).isEqualTo("new 690"));
        assertThat(log.last(List.of(key + "-nobody"))).isEmpty();
    }

    @Test
    void refusesAnAppendThatExpectsAnOlderRecord() {
        long first = log.append(key, 0, bytes("one"));
        long second = log.append(key, first, bytes("two"));

        assertThatThrownBy(() -> log.append(key, first, bytes("late")))
                .isInstanceOf(ConflictException.class);
        assertThatThrownBy(() -> log.append(key, 0, bytes("late")))
                .isInstanceOf(ConflictException.class);
        assertThat(log.last(key).orElseThrow().sequence()).isEqualTo(second);
    }

    @Test
    void refusesAnAppendThatExpectsARecordThatNeverWas() {
        log.append(key, 0, bytes("one"));
        long end = log.extent().last();

        assertThatThrownBy(() -> log.append("unused", end, bytes("wrong")))
                .isInstanceOf(ConflictException.class);
    }

    @Test
    void refusesARecordThatIsTooLarge() {
        assertThatThrownBy(() -> log.append(key, 0, new byte[storage.maximumSize() + 1]))
                .isInstanceOf(RefusedException.class);

        assertThat(log.append(key, 0, new byte[storage.maximumSize()])).isPositive();
    }

    @Test
    void readsOnlyTheRecordsOfOneKeyInOrder() {
        long last = 0;
        for (int i = 0; i < 25; i++) {
            last = log.append(key, last, bytes("mine " + i));
            log.append("other-" + i, 0, bytes("not mine"));
        }

        List<Entry> all = log.read(key, 0, 1000);
        List<Entry> some = log.read(key, all.get(9).sequence(), 5);

        assertThat(all)
                .extracting(JetStreamEventLogIT::text)
                .hasSize(25)
                .startsWith("mine 0")
                .endsWith("mine 24");
        assertThat(some)
                .extracting(JetStreamEventLogIT::text)
                .containsExactly("mine 10", "mine 11", "mine 12", "mine 13", "mine 14");
        assertThat(log.read(key, last, 10)).isEmpty();
        assertThat(log.read("nothing", 0, 10)).isEmpty();
    }

    @Test
    void purgesBelowASequenceAndKeepsTheRest() {
        long first = log.append(key, 0, bytes("one"));
        long second = log.append(key, first, bytes("two"));
        long third = log.append(key, second, bytes("three"));

        log.purge(key, third);

        assertThat(log.read(key, 0, 10)).extracting(Entry::sequence).containsExactly(third);
        assertThatThrownBy(() -> log.append(key, 0, bytes("wrong")))
                .isInstanceOf(ConflictException.class);
        assertThat(log.append(key, third, bytes("four"))).isEqualTo(third + 1);
    }

    @Test
    void followsWhatIsThereAndWhatComes() throws InterruptedException {
        long start = log.extent().last();
        long last = log.append(key, 0, bytes("0"));
        List<Entry> seen = new CopyOnWriteArrayList<>();

        try (Following following = log.follow(start, seen::add)) {
            following.awaitCurrent(Duration.ofSeconds(5));
            assertThat(seen).hasSize(1);
            for (int i = 1; i < 5_000; i++) {
                last = log.append(key, last, bytes(Integer.toString(i)));
            }
            await().untilAsserted(() -> assertThat(seen).hasSize(5_000));
            assertThat(following.position()).isEqualTo(last);
        }

        assertThat(seen)
                .extracting(Entry::sequence)
                .isEqualTo(LongStream.rangeClosed(start + 1, last).boxed().toList());
    }

    @Test
    void aFailingFollowerEndsItsFollowing() {
        try (Following following =
                log.follow(
                        log.extent().last(),
                        entry -> {
                            throw new IllegalStateException("cannot");
                        })) {
            log.append(key, 0, bytes("one"));

            await().until(following::failed);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Entry entry) {
        return new String(entry.content(), StandardCharsets.UTF_8);
    }
}
