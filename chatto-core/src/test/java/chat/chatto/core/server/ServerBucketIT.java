package chat.chatto.core.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import chat.chatto.core.ChattoException;
import chat.chatto.core.ErrorCode;
import chat.chatto.storage.ConflictException;
import chat.chatto.storage.KeyValueStore.Change;
import chat.chatto.storage.KeyValueStore.Write;
import chat.chatto.storage.Storage;
import chat.chatto.storage.jetstream.NatsServerExtension;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

class ServerBucketIT {

    @RegisterExtension static final NatsServerExtension nats = new NatsServerExtension();

    private Storage storage;
    private ServerBucket bucket;
    private final Map<String, String> copy = new ConcurrentHashMap<>();

    @BeforeEach
    void start() throws InterruptedException {
        storage = nats.open();
        bucket = bucket(copy);
        bucket.start();
    }

    @AfterEach
    void stop() {
        bucket.close();
        storage.close();
    }

    @Test
    void showsWhatItWroteWhenTheWriteReturns() {
        for (int i = 0; i < 200; i++) {
            String key = ServerBucket.entity("thing", "own" + i);

            bucket.transact(
                    List.of(
                            new Write.Put(key, bytes("first")),
                            new Write.Put("unfollowed." + i, bytes("last"))));

            assertThat(copy).containsEntry(key, "first");
        }
    }

    @Test
    void doesAllWritesOrNone() {
        String taken = ServerBucket.entity("thing", "taken");
        String free = ServerBucket.entity("thing", "free");
        bucket.transact(List.of(new Write.Create(taken, bytes("former"))));

        assertThatThrownBy(
                        () ->
                                bucket.transact(
                                        List.of(
                                                new Write.Create(free, bytes("new")),
                                                new Write.Create(taken, bytes("new")))))
                .isInstanceOf(ConflictException.class);
        assertThat(bucket.read(free)).isEmpty();
        assertThat(copy).doesNotContainKey(free).containsEntry(taken, "former");
    }

    @Test
    void catchesUpWithOtherServers() throws InterruptedException {
        Map<String, String> otherCopy = new ConcurrentHashMap<>();
        try (Storage otherStorage = nats.open();
                ServerBucket other = new ServerBucket(otherStorage)) {
            other.register("thing", new Keeping(otherCopy));
            other.start();
            for (int i = 0; i < 50; i++) {
                String key = ServerBucket.entity("thing", "shared" + i);
                bucket.transact(List.of(new Write.Create(key, bytes("new"))));

                assertThat(other.catchUp(key)).isTrue();
                assertThat(otherCopy).containsKey(key);
            }
            assertThat(other.catchUp(ServerBucket.entity("thing", "absent"))).isFalse();
        }
    }

    @Test
    void goesOnAfterARecordNobodyUnderstands() throws InterruptedException {
        List<String> seen = new ArrayList<>();
        try (ServerBucket careful = new ServerBucket(storage)) {
            careful.register(
                    "odd",
                    (change, _) -> {
                        seen.add(change.key());
                        throw new IllegalStateException("Not understood, on purpose");
                    });
            careful.start();

            careful.transact(
                    List.of(
                            new Write.Put(ServerBucket.entity("odd", "a"), bytes("?")),
                            new Write.Put(ServerBucket.entity("unknown", "b"), bytes("?")),
                            new Write.Put(ServerBucket.entity("odd", "c"), bytes("?"))));

            assertThat(seen).containsExactly("entity.odd.a", "entity.odd.c");
            assertThat(careful.current()).isTrue();
        }
    }

    @Test
    void isCurrentAfterAStartThatEndsWithARemoval() throws InterruptedException {
        String key = ServerBucket.entity("thing", "removed");
        long revision = bucket.transact(List.of(new Write.Put(key, bytes("x"))));
        long removal = bucket.transact(List.of(new Write.Remove(key, revision)));
        assertThat(copy).doesNotContainKey(key);

        try (ServerBucket restarted = bucket(new ConcurrentHashMap<>())) {
            restarted.start();

            assertThat(restarted.revision()).isEqualTo(removal);
        }
    }

    @Test
    void refusesProjectionsAfterTheStart() {
        assertThatThrownBy(() -> bucket.register("late", (_, _) -> {}))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void survivesARestartOfStorage() {
        nats.kill();
        await().until(() -> !storage.status().connected());
        List<Write> writes =
                List.of(new Write.Put(ServerBucket.entity("thing", "later"), bytes("new")));
        assertThatThrownBy(() -> bucket.transact(writes))
                .isInstanceOfSatisfying(
                        ChattoException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.UNAVAILABLE));

        nats.restart();
        await().atMost(Duration.ofSeconds(30)).until(() -> storage.status().connected());
        await().atMost(Duration.ofSeconds(30))
                .ignoreException(ChattoException.class)
                .until(() -> bucket.transact(writes) > 0);

        assertThat(copy).containsEntry("entity.thing.later", "new");
    }

    private ServerBucket bucket(Map<String, String> into) {
        ServerBucket made = new ServerBucket(storage);
        made.register("thing", new Keeping(into));
        return made;
    }

    private record Keeping(Map<String, String> into) implements Projection {
        @Override
        public void apply(Change change, boolean live) {
            switch (change) {
                case Change.Put put ->
                        into.put(put.key(), new String(put.value(), StandardCharsets.UTF_8));
                case Change.Removed removed -> into.remove(removed.key());
            }
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
