package chat.chatto.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.chatto.storage.jetstream.NatsServerExtension;

import com.google.gson.JsonObject;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.net.http.WebSocketHandshakeException;

class RealtimeIT {

    @RegisterExtension static final NatsServerExtension nats = new NatsServerExtension();

    private static TestServer server;
    private static TestServer other;

    @BeforeAll
    static void start() throws InterruptedException {
        server = TestServer.start(nats);
        other = TestServer.start(nats);
    }

    @AfterAll
    static void stop() {
        other.close();
        server.close();
    }

    @Test
    void tellsMembersOfAllServersWhatHappensToMessages() {
        TestClient ann = server.client().register();
        String room = ann.createRoom();
        TestClient bob = server.client().register().at(other.http().port());
        bob.post(room + "/join");

        try (TestSocket socket = TestSocket.connect(bob)) {
            ann.say(room, "hello");
            ann.patch(room + "/messages/0", "{\"body\":\"hello there\"}");
            ann.put(room + "/messages/0/reactions/%F0%9F%91%8D", "");
            ann.delete(room + "/messages/0");

            JsonObject posted = socket.await("message.posted");
            assertThat(posted.get("roomId").getAsString()).isEqualTo(id(room));
            assertThat(body(posted)).isEqualTo("hello");
            assertThat(posted.has("cursor")).isTrue();
            assertThat(body(socket.expect("message.edited"))).isIn("hello there", "");
            JsonObject reacted = socket.expect("message.reactions");
            assertThat(reacted.get("emoji").getAsString()).isEqualTo("👍");
            assertThat(reacted.get("actorId").getAsString()).isEqualTo(ann.userId());
            assertThat(reacted.get("added").getAsBoolean()).isTrue();
            assertThat(body(socket.expect("message.deleted"))).isEmpty();
        }
    }

    @Test
    void tellsOthersNothing() {
        TestClient ann = server.client().register();
        TestClient bob = server.client().register();
        String room = ann.createRoom();

        try (TestSocket socket = TestSocket.connect(bob)) {
            ann.say(room, "among us");

            assertThat(socket.drain("message.posted")).isEmpty();
        }
    }

    @Test
    void followsJoiningAndLeavingAtOnce() {
        TestClient ann = server.client().register();
        TestClient bob = server.client().register();
        String room = ann.createRoom();

        try (TestSocket socket = TestSocket.connect(bob)) {
            bob.post(room + "/join");
            JsonObject joined = socket.await("room.joined");
            assertThat(joined.getAsJsonObject("user").get("id").getAsString())
                    .isEqualTo(bob.userId());
            assertThat(joined.getAsJsonObject("room").get("memberCount").getAsInt()).isEqualTo(2);
            ann.say(room, "welcome");
            assertThat(body(socket.await("message.posted"))).isEqualTo("welcome");

            bob.post(room + "/leave");
            assertThat(socket.await("room.left").get("userId").getAsString())
                    .isEqualTo(bob.userId());
            ann.say(room, "gone?");
            assertThat(socket.drain("message.posted")).isEmpty();
        }
    }

    @Test
    void tellsOfRoomsReadingAndTyping() {
        TestClient ann = server.client().register();
        TestClient bob = server.client().register();
        String room = ann.createRoom();
        bob.post(room + "/join");
        ann.say(room, "read this");

        try (TestSocket socket = TestSocket.connect(bob)) {
            ann.patch(room, "{\"description\":\"what we talk about\"}");
            JsonObject updated = socket.await("room.updated").getAsJsonObject("room");
            assertThat(updated.get("description").getAsString()).isEqualTo("what we talk about");
            assertThat(updated.has("joined")).isFalse();

            bob.put(room + "/read", "{\"ordinal\":99}");
            JsonObject read = socket.await("read.updated");
            assertThat(read.get("readOrdinal").getAsLong()).isZero();
            assertThat(read.get("unread").getAsLong()).isZero();

            bob.post(room + "/typing");
            ann.post(room + "/typing", "{\"threadRoot\":0}");
            JsonObject typing = socket.expect("typing");
            assertThat(typing.get("userId").getAsString()).isEqualTo(ann.userId());
            assertThat(typing.get("threadRoot").getAsLong()).isZero();
            assertThat(typing.has("cursor")).isFalse();
        }
    }

    @Test
    void resumesOnAnotherServerWithoutLossOrRepetition() {
        TestClient ann = server.client().register();
        TestClient bob = server.client().register();
        String room = ann.createRoom();
        bob.post(room + "/join");
        String cursor;
        try (TestSocket socket = TestSocket.connect(bob)) {
            ann.say(room, "seen 0");
            ann.say(room, "seen 1");
            socket.await("message.posted");
            socket.expect("message.posted");
            cursor = socket.cursor();
            socket.cut();
        }
        for (int i = 0; i < 20; i++) {
            ann.say(room, "missed " + i);
        }

        Thread posting =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    for (int i = 20; i < 60; i++) {
                                        ann.say(room, "missed " + i);
                                    }
                                });
        try (TestSocket socket = TestSocket.resume(bob.at(other.http().port()), cursor)) {
            assertThat(socket.expect("ready").get("resumed").getAsBoolean()).isTrue();
            for (int i = 0; i < 60; i++) {
                assertThat(body(socket.await("message.posted"))).isEqualTo("missed " + i);
            }
            assertThat(socket.drain("message.posted")).isEmpty();
        }
        assertThat(posting.isAlive()).isFalse();
    }

    @Test
    void resumesRoomsAndReadPositions() {
        TestClient ann = server.client().register();
        TestClient bob = server.client().register();
        String kept = ann.createRoom();
        String left = ann.createRoom();
        String joined = ann.createRoom();
        bob.post(kept + "/join");
        bob.post(left + "/join");
        ann.say(kept, "to be read");
        TestSocket first = TestSocket.connect(bob);
        ann.say(left, "a frame with a cursor");
        first.await("message.posted");
        first.cut();
        bob.post(left + "/leave");
        bob.post(joined + "/join");
        ann.patch(kept, "{\"description\":\"changed\"}");
        ann.say(joined, "unread");
        bob.put(kept + "/read", "{\"ordinal\":0}");

        try (TestSocket socket = TestSocket.resume(bob, first.cursor())) {
            assertThat(socket.expect("ready").get("resumed").getAsBoolean()).isTrue();
            JsonObject joinedFrame = socket.expect("room.joined");
            assertThat(joinedFrame.get("roomId").getAsString()).isEqualTo(id(joined));
            JsonObject updated = socket.expect("room.updated").getAsJsonObject("room");
            assertThat(updated.get("description").getAsString()).isEqualTo("changed");
            JsonObject leftFrame = socket.expect("room.left");
            assertThat(leftFrame.get("roomId").getAsString()).isEqualTo(id(left));
            assertThat(leftFrame.has("cursor")).isTrue();
            assertThat(body(socket.expect("message.posted"))).isEqualTo("unread");
            assertThat(socket.drain("read.updated"))
                    .anySatisfy(
                            frame -> {
                                assertThat(frame.get("roomId").getAsString()).isEqualTo(id(kept));
                                assertThat(frame.get("readOrdinal").getAsLong()).isZero();
                            });
        }
    }

    @Test
    void tellsToReloadForCursorsItCannotFollow() {
        TestClient ann = server.client().register();

        for (String cursor : new String[] {"nonsense", "v1.1.000000000000.5.0.1", "v1.7"}) {
            try (TestSocket socket = TestSocket.resume(ann, cursor)) {
                JsonObject ready = socket.expect("ready");
                assertThat(ready.get("resumed").getAsBoolean()).isFalse();
                assertThat(ready.get("heartbeatSeconds").getAsInt()).isEqualTo(15);
                assertThat(ready.get("cursor").getAsString()).startsWith("v1.");
            }
        }
    }

    @Test
    void answersPings() {
        try (TestSocket socket = TestSocket.connect(server.client().register())) {
            socket.send("{\"type\":\"ping\"}");

            socket.expect("pong");
        }
    }

    @Test
    void closesTheSocketsOfSessionsThatEnd() {
        TestClient ann = server.client().register();

        try (TestSocket here = TestSocket.connect(ann);
                TestSocket there = TestSocket.connect(ann.at(other.http().port()))) {
            ann.post("/api/v1/auth/logout");

            for (TestSocket socket : new TestSocket[] {here, there}) {
                JsonObject closing = socket.expect("closing");
                assertThat(closing.get("reason").getAsString()).isEqualTo("unauthenticated");
                assertThat(closing.get("reconnect").getAsBoolean()).isFalse();
                assertThat(socket.awaitClose()).isEqualTo(1008);
            }
        }
    }

    @Test
    void refusesStrangers() {
        try (TestSocket socket = TestSocket.open(server.http().port())) {
            socket.send("{\"type\":\"hello\",\"token\":\"cht_ATwrong\"}");

            assertThat(socket.expect("closing").get("reason").getAsString())
                    .isEqualTo("unauthenticated");
        }
    }

    @Test
    void refusesWhatIsNotAFrame() {
        for (String text : new String[] {"{", "[]", "{\"type\":7}", "{}", "hello"}) {
            try (TestSocket socket = TestSocket.open(server.http().port())) {
                socket.send(text);

                assertThat(socket.expect("closing").get("reason").getAsString())
                        .isEqualTo("protocol");
            }
        }
    }

    @Test
    void refusesBinaryFrames() {
        try (TestSocket socket = TestSocket.open(server.http().port())) {
            socket.sendBinary(new byte[] {1, 2, 3});

            assertThat(socket.expect("closing").get("reason").getAsString()).isEqualTo("protocol");
        }
    }

    @Test
    void refusesFramesThatAreTooLong() {
        try (TestSocket socket = TestSocket.open(server.http().port())) {
            socket.send("{\"type\":\"x\",\"y\":\"" + "z".repeat(70_000) + "\"}");

            assertThat(socket.awaitClose()).isEqualTo(1009);
        }
    }

    @Test
    void ignoresTheCookieOnOtherSites() {
        TestClient ann = server.client().register();
        String cookie = "chatto_session=" + ann.token();
        int port = server.http().port();

        assertThatThrownBy(
                        () ->
                                TestSocket.open(
                                        port, "Cookie", cookie, "Origin", "http://evil.example"))
                .hasCauseInstanceOf(WebSocketHandshakeException.class);
        try (TestSocket socket =
                TestSocket.open(port, "Cookie", cookie, "Origin", TestServer.PUBLIC_URL)) {
            socket.send("{\"type\":\"hello\"}");
            socket.expect("ready");
        }
    }

    private static String id(String room) {
        return room.substring(room.lastIndexOf('/') + 1);
    }

    private static String body(JsonObject frame) {
        return frame.getAsJsonObject("message").get("body").getAsString();
    }
}
