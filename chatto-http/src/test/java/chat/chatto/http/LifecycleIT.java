package chat.chatto.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import chat.chatto.http.TestClient.Reply;
import chat.chatto.http.realtime.RealtimeEndpoint;
import chat.chatto.http.routing.InFlight;
import chat.chatto.storage.jetstream.NatsServerExtension;

import com.google.gson.JsonObject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;

class LifecycleIT {

    /** As long as a load balancer may take to notice that a server is not ready. */
    private static final Duration NOTICED = Duration.ofSeconds(2);

    private static final Duration FAREWELL = Duration.ofSeconds(8);

    @RegisterExtension static final NatsServerExtension nats = new NatsServerExtension();

    @Test
    void isReadyAndAlive() throws InterruptedException {
        try (TestServer server = TestServer.start(nats)) {
            Reply ready = server.client().get("/readyz");
            Reply alive = server.client().get("/healthz");

            assertThat(ready.status()).isEqualTo(200);
            assertThat(ready.text()).isEqualTo("{\"status\":\"ready\"}");
            assertThat(alive.text()).isEqualTo("{\"status\":\"ok\"}");
        }
    }

    @Test
    void drainsInOrder() throws InterruptedException {
        try (TestServer server = TestServer.start(nats)) {
            TestClient ann = server.client().register();
            String room = ann.createRoom();
            try (TestSocket socket = TestSocket.connect(ann)) {
                Thread draining = drain(server, NOTICED);
                await().until(() -> server.client().get("/readyz").status() == 503);

                Reply ready = server.client().get("/readyz");
                assertThat(ready.json().get("reason").getAsString()).contains("stopping");
                assertThat(ready.header("connection")).contains("close");
                assertThat(server.client().get("/robots.txt").header("connection"))
                        .contains("close");
                assertThat(server.client().get("/healthz").status()).isEqualTo(200);
                ann.say(room, "still here");
                socket.expect("message.posted");

                JsonObject closing = socket.expect("closing");
                assertThat(closing.get("reason").getAsString()).isEqualTo("draining");
                assertThat(closing.get("reconnect").getAsBoolean()).isTrue();
                assertThat(socket.awaitClose()).isEqualTo(1001);
                draining.join();
                assertThat(server.get(InFlight.class).count()).isZero();
                assertThat(server.get(RealtimeEndpoint.class).connections()).isZero();
            }
        }
    }

    @Test
    void refusesNewSocketsWhileItDrains() throws InterruptedException {
        try (TestServer server = TestServer.start(nats)) {
            int port = server.http().port();
            Thread draining = drain(server, NOTICED);
            await().until(() -> server.client().get("/readyz").status() == 503);

            assertThatThrownBy(() -> TestSocket.open(port))
                    .cause()
                    .asInstanceOf(type(WebSocketHandshakeException.class))
                    .extracting(refused -> refused.getResponse().statusCode())
                    .isEqualTo(503);
            draining.join();
        }
    }

    @Test
    void stopsListeningBeforeItTellsClientsToConnectElsewhere() throws InterruptedException {
        try (TestServer server = TestServer.start(nats);
                TestSocket socket = TestSocket.connect(server.client().register())) {
            int port = server.http().port();

            Thread draining = drain(server, Duration.ZERO);

            socket.expect("closing");
            assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port))
                    .isInstanceOf(ConnectException.class);
            draining.join();
        }
    }

    @Test
    void doesNotWaitForeverForAClientThatDoesNotRead() throws InterruptedException {
        try (TestServer server = TestServer.start(nats);
                TestSocket _ = TestSocket.openWithoutReading(server.http().port())) {
            await().until(() -> server.get(RealtimeEndpoint.class).connections() == 1);

            assertThat(drain(server, Duration.ZERO).join(FAREWELL.plusSeconds(2))).isTrue();
        }
    }

    @Test
    void keepsSocketsOpenWhileStorageIsAway() throws InterruptedException {
        try (TestServer server = TestServer.start(nats)) {
            TestClient ann = server.client().register();
            String room = ann.createRoom();
            ann.say(room, "before");
            assertThat(ann.get(room + "/messages").header("chatto-stale")).isEmpty();
            try (TestSocket socket = TestSocket.connect(ann)) {
                nats.kill();

                assertThat(socket.await("stale").get("stale").getAsBoolean()).isTrue();
                Reply ready = server.client().get("/readyz");
                assertThat(ready.status()).isEqualTo(503);
                assertThat(ready.json().get("reason").getAsString()).contains("Storage is away");
                assertThat(ann.get("/api/v1/me").status()).isEqualTo(200);
                Reply read = ann.get(room + "/messages");
                assertThat(read.status()).isEqualTo(200);
                assertThat(read.header("chatto-stale")).contains("true");
                assertThat(read.json().get("stale").getAsBoolean()).isTrue();
                assertThat(read.json().getAsJsonArray("messages")).hasSize(1);
                Reply refused = ann.post(room + "/messages", "{\"body\":\"now?\"}");
                assertThat(refused.status()).isEqualTo(503);
                assertThat(refused.header("retry-after")).isPresent();

                nats.restart();

                assertThat(socket.await("stale").get("stale").getAsBoolean()).isFalse();
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> server.client().get("/readyz").status() == 200);
                ann.say(room, "and on it goes");
                assertThat(
                                socket.await("message.posted")
                                        .getAsJsonObject("message")
                                        .get("body")
                                        .getAsString())
                        .isEqualTo("and on it goes");
            }
        }
    }

    @Test
    void servesMetricsElsewhere() throws InterruptedException {
        try (TestServer server =
                TestServer.start(
                        nats,
                        config ->
                                config.with(
                                        new HttpConfig.Metrics(
                                                true, "127.0.0.1", 0, "/metrics")))) {
            server.client().get("/api/v1/server");
            var scraper = new TestClient(server.get(MetricsServer.class).port());

            String metrics = scraper.get("/metrics").text();

            assertThat(metrics)
                    .contains(
                            "chatto_build_info",
                            "chatto_ready 1.0",
                            "chatto_nats_connected 1.0",
                            "chatto_realtime_websocket_connections 0.0",
                            "chatto_http_request_duration_seconds_bucket{method=\"GET\",route=\"/api/v1/server\",status=\"200\",le=\"0.001\"}",
                            "jvm_memory_used_bytes");
            assertThat(scraper.get("/").status()).isEqualTo(404);
            assertThat(server.client().get("/metrics").text()).doesNotContain("chatto_ready");
        }
    }

    private static Thread drain(TestServer server, Duration delay) {
        return Thread.ofVirtual()
                .start(
                        () -> {
                            try {
                                server.http().drain(delay, FAREWELL);
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
    }
}
