package chat.chatto.storage.jetstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.chatto.storage.Broadcast.Message;
import chat.chatto.storage.Broadcast.Subscription;
import chat.chatto.storage.Bucket;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

class NatsBroadcastIT {

    @RegisterExtension static final NatsServerExtension nats = new NatsServerExtension();

    private JetStreamStorage storage;
    private JetStreamStorage other;

    @BeforeEach
    void open() {
        storage = nats.open();
        other = nats.open();
    }

    @AfterEach
    void close() {
        storage.close();
        other.close();
    }

    @Test
    void reachesAllWhoListen() {
        List<String> here = new CopyOnWriteArrayList<>();
        List<String> there = new CopyOnWriteArrayList<>();

        try (Subscription _ =
                        storage.broadcast()
                                .listen("typing.*", message -> here.add(message.channel()));
                Subscription _ =
                        other.broadcast()
                                .listen("typing.>", message -> there.add(message.channel()))) {
            await().untilAsserted(
                            () -> {
                                storage.broadcast().send("typing.room", new byte[1]);
                                assertThat(here).contains("typing.room");
                                assertThat(there).contains("typing.room");
                            });
            storage.broadcast().send("other.room", new byte[1]);
            storage.broadcast().send("typing.room.two", new byte[1]);

            await().untilAsserted(() -> assertThat(there).contains("typing.room.two"));
            assertThat(here).doesNotContain("other.room", "typing.room.two");
        }
    }

    @Test
    void aListenerSurvivesItsOwnFailure() {
        List<Message> heard = new CopyOnWriteArrayList<>();

        try (Subscription _ =
                storage.broadcast()
                        .listen(
                                "a",
                                message -> {
                                    heard.add(message);
                                    throw new IllegalStateException("cannot");
                                })) {
            await().untilAsserted(
                            () -> {
                                storage.broadcast().send("a", new byte[1]);
                                assertThat(heard).hasSizeGreaterThan(2);
                            });
        }
    }

    @Test
    void aClosedListenerHearsNothingMore() {
        List<Message> heard = new CopyOnWriteArrayList<>();
        Subscription subscription = storage.broadcast().listen("b", heard::add);
        await().untilAsserted(
                        () -> {
                            storage.broadcast().send("b", new byte[1]);
                            assertThat(heard).isNotEmpty();
                        });

        subscription.close();
        int before = heard.size();
        storage.broadcast().send("b", new byte[1]);

        assertThat(storage.bucket(Bucket.SERVER).get("b")).isEmpty(); // a round trip later
        assertThat(heard).hasSize(before);
    }
}
