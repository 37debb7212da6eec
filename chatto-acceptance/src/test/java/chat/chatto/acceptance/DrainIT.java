package chat.chatto.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.chatto.acceptance.client.Feed;
import chat.chatto.acceptance.client.Person;
import chat.chatto.acceptance.client.RawConnection;
import chat.chatto.acceptance.client.Said;
import chat.chatto.acceptance.server.ChattoServer;
import chat.chatto.storage.jetstream.NatsServerExtension;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A server that is told to stop lets go of its clients before it ends, and ends whatever they do. */
// Beside other classes, but one test after the other.
@Execution(ExecutionMode.CONCURRENT)
class DrainIT {

    private static final Duration DELAY = Duration.ofSeconds(2);
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    /** Without clients that hold it up. */
    private static final Duration STOP = Duration.ofSeconds(5);

    /** What clients that hold it up are given, and then the stop itself. */
    private static final Duration FAREWELL_AND_STOP = Duration.ofSeconds(10).plus(STOP);

    @RegisterExtension static final NatsServerExtension nats = new NatsServerExtension();
    @TempDir Path directory;

    private ChattoServer server;

    @BeforeEach
    void startServer() {
        server =
                ChattoServer.configured(
                                directory,
                                Map.of(
                                        "CHATTO_NATS_CLIENT_URL", nats.url(),
                                        "CHATTO_CORE_SECRET_KEY", "0123456789abcdef".repeat(4),
                                        "CHATTO_WEBSERVER_DRAIN_DELAY", DELAY.toSeconds() + "s"))
                        .start();
    }

    @AfterEach
    void stopServer() {
        server.askToStop();
        server.awaitStop();
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void finishesWhatItHasBegunAndSendsClientsElsewhere() {
        Person ada = Person.register(server.uri(), "draining.ada");
        String room = ada.createRoom("draining");
        String body = "{\"body\":\"half said\"}";
        try (RawConnection slow = RawConnection.to(server.uri());
                RawConnection kept = RawConnection.to(server.uri());
                Feed feed = Feed.of(ada)) {
            await().until(feed::isReady);
            beginPost(slow, ada, room, body);
            askForServer(kept);
            assertThat(kept.answer())
                    .startsWith("HTTP/1.1 200")
                    .doesNotContain("Connection: close");

            long asked = System.nanoTime();
            server.askToStop();
            await().atMost(AT_ONCE).until(() -> !server.isReady());
            askForServer(kept);
            assertThat(kept.answer()).startsWith("HTTP/1.1 200").contains("Connection: close");
            assertThat(feed.framesOf("closing")).isEmpty();
            slow.send(body.substring(body.length() / 2));

            assertThat(slow.answer()).startsWith("HTTP/1.1 201").contains("Connection: close");
            await().atMost(DELAY.plus(AT_ONCE)).until(() -> !feed.isOpen());
            assertThat(feed.framesOf("closing"))
                    .singleElement()
                    .satisfies(
                            frame -> {
                                assertThat(frame.get("reason").getAsString()).isEqualTo("draining");
                                assertThat(frame.get("reconnect").getAsBoolean()).isTrue();
                            });
            assertThat(server.awaitStop()).isZero();
            assertThat(Duration.ofNanos(System.nanoTime() - asked))
                    .isBetween(DELAY, DELAY.plus(STOP));
        }

        server.start();
        assertThat(ada.everything(room)).containsExactly(new Said(0, "draining.ada", "half said"));
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void endsInTimeWhateverClientsDo() {
        Person ada = Person.register(server.uri(), "stuck.ada");
        String room = ada.createRoom("stuck");
        try (RawConnection idle = RawConnection.to(server.uri());
                RawConnection halfSaid = RawConnection.to(server.uri());
                RawConnection deaf = RawConnection.to(server.uri())) {
            askForServer(idle);
            assertThat(idle.answer()).startsWith("HTTP/1.1 200");
            beginPost(halfSaid, ada, room, "{\"body\":\"never said\"}");
            deaf.sendLines(
                    "GET /api/v1/realtime HTTP/1.1",
                    "Host: chatto",
                    "Connection: Upgrade",
                    "Upgrade: websocket",
                    "Sec-WebSocket-Version: 13",
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                    "");
            assertThat(deaf.answer()).startsWith("HTTP/1.1 101");

            long asked = System.nanoTime();
            server.askToStop();

            assertThat(server.awaitStop()).isZero();
            assertThat(Duration.ofNanos(System.nanoTime() - asked))
                    .isLessThan(DELAY.plus(FAREWELL_AND_STOP));
        }
        server.start();
        assertThat(ada.everything(room)).isEmpty();
    }

    private static void askForServer(RawConnection connection) {
        connection.sendLines("GET /api/v1/server HTTP/1.1", "Host: chatto", "");
    }

    /** Sends a post up to the middle of its body. */
    private static void beginPost(
            RawConnection connection, Person person, String room, String body) {
        connection.sendLines(
                "POST /api/v1/rooms/" + room + "/messages HTTP/1.1",
                "Host: chatto",
                "Authorization: Bearer " + person.token(),
                "Content-Type: application/json",
                "Content-Length: " + body.length(),
                "");
        connection.send(body.substring(0, body.length() / 2));
    }
}
