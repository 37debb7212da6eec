package chat.chatto.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import chat.chatto.storage.Bucket;
import chat.chatto.storage.KeyValueStore;
import chat.chatto.storage.RefusedException;
import chat.chatto.storage.jetstream.JetStreamStorage;
import chat.chatto.storage.jetstream.NatsServerExtension;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

class DataKeysIT {

    @RegisterExtension static final NatsServerExtension nats = new NatsServerExtension();

    private static final RootSecret SECRET = RootSecret.of("a secret of more than 32 characters");
    private static final byte[] PLACE = bytes("room 1, message 7");

    private JetStreamStorage storage;
    private JetStreamStorage otherStorage;
    private DataKeys keys;
    private DataKeys otherKeys;
    private KeyOwner owner;

    @BeforeEach
    void open(TestInfo test) {
        storage = nats.open();
        otherStorage = nats.open();
        keys = DataKeys.open(bucket(storage), SECRET);
        otherKeys = DataKeys.open(bucket(otherStorage), SECRET);
        owner = new KeyOwner(test.getTestMethod().orElseThrow().getName());
    }

    @AfterEach
    void close() {
        keys.close();
        otherKeys.close();
        storage.close();
        otherStorage.close();
    }

    private static KeyValueStore bucket(JetStreamStorage storage) {
        return storage.bucket(Bucket.ENCRYPTION_KEYS);
    }

    @Test
    void anotherServerOpensWhatOneSealed() {
        byte[] sealed = keys.seal(owner, bytes("hello"), PLACE);

        assertThat(plain(otherKeys.open(owner, sealed, PLACE))).isEqualTo("hello");
    }

    @Test
    void refusesWhatWasMovedOrBelongsToAnother() {
        byte[] sealed = keys.seal(owner, bytes("hello"), PLACE);
        KeyOwner somebodyElse = new KeyOwner("somebody-else");
        keys.seal(somebodyElse, bytes("other"), PLACE);

        assertThatThrownBy(() -> keys.open(owner, sealed, bytes("elsewhere")))
                .isInstanceOf(TamperedException.class);
        assertThatThrownBy(() -> keys.open(somebodyElse, sealed, PLACE))
                .isInstanceOf(TamperedException.class);
    }

    @Test
    void storesKeysOnlyWrapped() {
        keys.seal(owner, bytes("hello"), PLACE);

        byte[] stored = bucket(storage).get("user." + owner.id()).orElseThrow().value();

        assertThat(stored).hasSize(2 + 32 + SealedBox.OVERHEAD).startsWith(1, 'K');
    }

    @Test
    void oneKeyWinsWhenTwoServersMakeItAtOnce() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                KeyOwner contested = new KeyOwner("contested-" + i);
                List<Future<byte[]>> sealed =
                        threads.invokeAll(
                                List.of(
                                        () -> keys.seal(contested, bytes("one"), PLACE),
                                        () -> otherKeys.seal(contested, bytes("two"), PLACE)));

                assertThat(plain(otherKeys.open(contested, sealed.get(0).get(), PLACE)))
                        .isEqualTo("one");
                assertThat(plain(keys.open(contested, sealed.get(1).get(), PLACE)))
                        .isEqualTo("two");
            }
        }
    }

    @Test
    void whatWasShreddedIsGoneOnAllServersForGood() {
        byte[] sealed = keys.seal(owner, bytes("hello"), PLACE);
        assertThat(plain(otherKeys.open(owner, sealed, PLACE))).isEqualTo("hello");

        keys.shred(owner);
        keys.shred(owner);

        assertThat(keys.open(owner, sealed, PLACE)).isEqualTo(new Opened.Shredded());
        await().atMost(Duration.ofSeconds(1))
                .untilAsserted(
                        () ->
                                assertThat(otherKeys.open(owner, sealed, PLACE))
                                        .isEqualTo(new Opened.Shredded()));
        assertThatThrownBy(() -> keys.seal(owner, bytes("again"), PLACE))
                .isInstanceOf(KeyShreddedException.class);
        assertThatThrownBy(() -> otherKeys.seal(owner, bytes("again"), PLACE))
                .isInstanceOf(KeyShreddedException.class);
        try (DataKeys fresh = DataKeys.open(bucket(storage), SECRET)) {
            assertThat(fresh.open(owner, sealed, PLACE)).isEqualTo(new Opened.Shredded());
        }
    }

    @Test
    void anOwnerWithoutAKeyCanBeShredded() {
        keys.shred(owner);

        assertThatThrownBy(() -> otherKeys.seal(owner, bytes("hello"), PLACE))
                .isInstanceOf(KeyShreddedException.class);
    }

    @Test
    void whatNobodyHasAKeyForIsShredded() {
        assertThat(keys.open(owner, new byte[100], PLACE)).isEqualTo(new Opened.Shredded());

        byte[] sealed = otherKeys.seal(owner, bytes("hello"), PLACE);

        await().untilAsserted(
                        () ->
                                assertThat(keys.open(owner, sealed, PLACE))
                                        .isInstanceOf(Opened.Plain.class));
    }

    @Test
    void readsManyKeysAtOnce() {
        List<KeyOwner> owners = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            owners.add(new KeyOwner("many-" + i));
            keys.seal(owners.get(i), bytes("hello"), PLACE);
        }

        otherKeys.prefetch(owners);
        byte[] sealed = keys.seal(owners.get(7), bytes("hello"), PLACE);
        otherStorage.close(); // from here on, only what is in memory can be opened

        assertThat(plain(otherKeys.open(owners.get(7), sealed, PLACE))).isEqualTo("hello");
    }

    @Test
    void noticesThatAKeyWasReplacedAndGoesOnWatching() {
        KeyOwner another = new KeyOwner("another");
        byte[] sealed = keys.seal(owner, bytes("hello"), PLACE);
        byte[] othersSealed = keys.seal(another, bytes("hello"), PLACE);

        bucket(storage).put("user." + owner.id(), bytes("something else"));

        await().untilAsserted(
                        () ->
                                assertThatThrownBy(() -> keys.open(owner, sealed, PLACE))
                                        .isInstanceOf(TamperedException.class));
        otherKeys.shred(another);
        await().untilAsserted(
                        () ->
                                assertThat(keys.open(another, othersSealed, PLACE))
                                        .isEqualTo(new Opened.Shredded()));
    }

    @Test
    void refusesAnotherSecret() {
        RootSecret another = RootSecret.of("another secret of at least 32 characters");

        assertThatThrownBy(() -> DataKeys.open(bucket(storage), another))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("core.secret_key");
    }

    private static String plain(Opened opened) {
        return switch (opened) {
            case Opened.Plain(var content) -> new String(content, StandardCharsets.UTF_8);
            case Opened.Shredded() -> "(shredded)";
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
