package chat.chatto.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.chatto.http.realtime.RealtimeLimits;
import chat.chatto.storage.jetstream.NatsServerExtension;

import com.google.gson.JsonObject;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.util.Objects;

class RealtimeLimitsIT {

    @RegisterExtension static final NatsServerExtension nats = new NatsServerExtension();

    private @Nullable TestServer server;

    @AfterEach
    void stop() {
        server().close();
    }

    @Test
    void disconnectsAClientThatReadsTooSlowlyAndLetsItResume() throws InterruptedException {
        start(16, 16 * 1024, Duration.ofSeconds(10), Duration.ofSeconds(15));
        TestClient ann = server().client().register();
        TestClient bob = server().client().register();
        String room = ann.createRoom();
        bob.post(room + "/join");
        TestSocket quick = TestSocket.connect(ann);
        TestSocket slow = TestSocket.openWithoutReading(server().http().port());
        slow.hello(bob);

        String body = "x".repeat(9_000);
        int posts = 0;
        // The socket's own buffers have to fill first.
        while (disconnects() == 0 && posts < 2_000) {
            ann.say(room, body);
            posts++;
        }

        assertThat(disconnects()).isEqualTo(1);
        for (int i = 0; i < posts; i++) {
            quick.await("message.posted");
        }
        slow.read();
        String cursor = slow.expect("ready").get("cursor").getAsString();
        slow.cut();
        try (TestSocket again = TestSocket.resume(bob, cursor)) {
            again.expect("ready");
        }
        quick.close();
    }

    @Test
    void closesSocketsThatSayNothing() throws InterruptedException {
        start(16, 16 * 1024, Duration.ofSeconds(1), Duration.ofSeconds(15));
        try (TestSocket socket = TestSocket.open(server().http().port())) {
            assertThat(socket.expect("closing").get("reason").getAsString()).isEqualTo("no-hello");
        }
    }

    @Test
    void asksSilentClientsAndKeepsThoseThatAnswer() throws InterruptedException {
        start(16, 16 * 1024, Duration.ofSeconds(10), Duration.ofSeconds(1));
        TestClient ann = server().client().register();
        String room = ann.createRoom();
        try (TestSocket socket = TestSocket.connect(ann)) {
            await().during(Duration.ofSeconds(4))
                    .atMost(Duration.ofSeconds(6))
                    .until(() -> metric("chatto_realtime_websocket_connections") == 1);

            ann.say(room, "still there?");
            socket.await("message.posted");
        }
    }

    @Test
    void givesUpClientsThatAreGone() throws InterruptedException {
        start(16, 16 * 1024, Duration.ofSeconds(10), Duration.ofSeconds(1));
        TestSocket gone = TestSocket.openWithoutReading(server().http().port());
        gone.hello(server().client().register());

        await().atMost(Duration.ofSeconds(15))
                .until(() -> metric("chatto_realtime_websocket_connections") == 0);
        gone.close();
    }

    @Test
    void disconnectsClientsThatSendTooMuch() throws InterruptedException {
        start(16, 16 * 1024, Duration.ofSeconds(10), Duration.ofSeconds(15));
        try (TestSocket socket = TestSocket.connect(server().client().register())) {
            int sent = 0;
            while (sent < 400 && socket.trySend("{\"type\":\"noise\"}")) {
                sent++;
            }

            assertThat(sent).isGreaterThanOrEqualTo(100);
            JsonObject closing = socket.expect("closing");
            assertThat(closing.get("reason").getAsString()).isEqualTo("flood");
        }
    }

    private void start(int frames, int bytes, Duration hello, Duration heartbeat)
            throws InterruptedException {
        var limits = new RealtimeLimits(frames, bytes, 64 * 1024, 100, hello, heartbeat, 100);
        server =
                TestServer.start(
                        nats,
                        config ->
                                config.with(limits)
                                        .with(
                                                new HttpConfig.Metrics(
                                                        true, "127.0.0.1", 0, "/metrics")));
    }

    private TestServer server() {
        return Objects.requireNonNull(server);
    }

    private double disconnects() {
        return metric("chatto_my_events_slow_consumer_disconnects_total");
    }

    private double metric(String name) {
        return new TestClient(server().get(MetricsServer.class).port())
                .get("/metrics")
                .text()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .sum();
    }
}
