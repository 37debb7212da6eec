package chat.chatto.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.chatto.storage.jetstream.NatsServerExtension;

import com.google.gson.JsonObject;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

class PresenceIT {

    @RegisterExtension static final NatsServerExtension nats = new NatsServerExtension();

    private static final String MINE = "/api/v1/me/presence";

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
    void tellsThoseWhoWatchSomebodyWhereverTheyAre() {
        TestClient ann = server.client().register();
        TestClient bob = server.client().register();
        try (TestSocket watching = TestSocket.connect(bob.at(other.http().port()))) {
            watch(watching, ann);
            assertThat(state(watching, ann)).isEqualTo("offline");

            try (TestSocket socket = TestSocket.connect(ann)) {
                assertThat(state(watching, ann)).isEqualTo("online");
                socket.send("{\"type\":\"presence\",\"state\":\"away\"}");
                assertThat(state(watching, ann)).isEqualTo("away");
                ann.put(MINE, "{\"state\":\"doNotDisturb\"}");
                assertThat(state(watching, ann)).isEqualTo("doNotDisturb");
                assertThat(watching.drain("presence.changed")).isEmpty();
            }
        }
    }

    @Test
    void tellsNobodyWhoDoesNotWatch() {
        TestClient ann = server.client().register();
        TestClient bob = server.client().register();
        try (TestSocket watching = TestSocket.connect(bob)) {
            watch(watching, ann);
            state(watching, ann);
            watch(watching, bob);
            state(watching, bob);

            try (TestSocket _ = TestSocket.connect(ann)) {
                assertThat(watching.drain("presence.changed"))
                        .noneMatch(frame -> frame.toString().contains(ann.userId()));
            }
        }
    }

    @Test
    void beginsAsTheClientSaysInItsHello() {
        TestClient ann = server.client().register();
        try (TestSocket socket = TestSocket.open(ann.port())) {
            socket.send(
                    "{\"type\":\"hello\",\"token\":\"%s\",\"presence\":\"away\"}"
                            .formatted(ann.token()));
            assertThat(socket.expect("ready").get("presence").getAsString()).isEqualTo("automatic");

            watch(socket, ann);

            assertThat(socket.drain("presence.changed").getLast().toString())
                    .contains("\"state\":\"away\"");
        }
    }

    @Test
    void goesOfflineAtOnceWithTheEndOfTheSession() {
        TestClient ann = server.client().register();
        TestClient bob = server.client().register();
        try (TestSocket watching = TestSocket.connect(bob);
                TestSocket _ = TestSocket.connect(ann)) {
            watch(watching, ann);
            if (!state(watching, ann).equals("online")) {
                assertThat(state(watching, ann)).isEqualTo("online");
            }

            ann.post("/api/v1/auth/logout");

            assertThat(state(watching, ann)).isEqualTo("offline");
        }
    }

    @Test
    void hidesWhoWantsToLookOfflineFromAllButThemselves() {
        TestClient ann = server.client().register();
        TestClient bob = server.client().register();
        String room = ann.createRoom();
        bob.post(room + "/join");
        try (TestSocket socket = TestSocket.connect(ann)) {
            watch(socket, ann);
            assertThat(socket.drain("presence.changed").getLast().toString())
                    .contains("\"state\":\"online\"");
            assertThat(bob.get("/api/v1/presence").text()).contains(ann.userId());
            assertThat(presenceAmongMembers(bob, room, ann)).isEqualTo("online");

            JsonObject own = ann.put(MINE, "{\"state\":\"offline\"}").json();

            assertThat(own.get("choice").getAsString()).isEqualTo("offline");
            assertThat(own.get("state").getAsString()).isEqualTo("offline");
            assertThat(socket.await("presence.chosen").get("choice").getAsString())
                    .isEqualTo("offline");
            assertThat(bob.get("/api/v1/presence").text()).doesNotContain(ann.userId());
            assertThat(presenceAmongMembers(bob, room, ann)).isEqualTo("offline");
            assertThat(ann.get("/api/v1/me").json().getAsJsonObject("presence")).isEqualTo(own);
            try (TestSocket again = TestSocket.open(ann.port())) {
                again.hello(ann);
                assertThat(again.expect("ready").get("presence").getAsString())
                        .isEqualTo("offline");
            }
        }
    }

    @Test
    void clearsAChoiceByChoosingToBeOnline() {
        TestClient ann = server.client().register();
        ann.put(MINE, "{\"state\":\"away\"}");

        JsonObject own = ann.put(MINE, "{\"state\":\"online\"}").json();

        assertThat(own.get("choice").getAsString()).isEqualTo("automatic");
    }

    @Test
    void refusesWhatIsNoState() {
        TestClient ann = server.client().register();

        for (String body : List.of("{}", "{\"state\":\"busy\"}", "{\"state\":7}")) {
            TestClient.Reply reply = ann.put(MINE, body);
            assertThat(reply.status()).as(body).isEqualTo(422);
            assertThat(reply.fields()).containsExactly("state");
        }
        assertThat(ann.get("/api/v1/presence?limit=0").fields()).containsExactly("limit");
        assertThat(server.client().get("/api/v1/presence").status()).isEqualTo(401);
        assertThat(server.client().put(MINE, "{\"state\":\"away\"}").status()).isEqualTo(401);
    }

    @Test
    void endsConnectionsThatSendNonsense() {
        TestClient ann = server.client().register();
        String tooMany =
                IntStream.rangeClosed(0, 500)
                        .mapToObj(n -> "\"U" + n + "\"")
                        .collect(Collectors.joining(","));
        for (String frame :
                List.of(
                        "{\"type\":\"presence\"}",
                        "{\"type\":\"presence\",\"state\":\"offline\"}",
                        "{\"type\":\"presence.watch\",\"userIds\":[7]}",
                        "{\"type\":\"presence.watch\",\"userIds\":[\"no id\"]}",
                        "{\"type\":\"presence.watch\",\"userIds\":[" + tooMany + "]}")) {
            try (TestSocket socket = TestSocket.connect(ann)) {
                socket.send(frame);

                assertThat(socket.expect("closing").get("reason").getAsString())
                        .as(frame)
                        .isEqualTo("protocol");
            }
        }
    }

    @Test
    void tellsNobodyBeforeTheySayWhoTheyAre() {
        TestClient ann = server.client().register();
        try (TestSocket stranger = TestSocket.open(server.http().port())) {
            watch(stranger, ann);

            assertThat(stranger.drain("presence.changed")).isEmpty();
        }
    }

    private static void watch(TestSocket socket, TestClient... people) {
        List<String> ids = new ArrayList<>();
        for (TestClient person : people) {
            ids.add("\"" + person.userId() + "\"");
        }
        socket.send("{\"type\":\"presence.watch\",\"userIds\":[" + String.join(",", ids) + "]}");
    }

    /** What the socket is told next of a person. */
    private static String state(TestSocket socket, TestClient person) {
        JsonObject frame = socket.await("presence.changed");
        assertThat(frame.has("cursor")).isFalse();
        JsonObject presence = frame.getAsJsonArray("presences").get(0).getAsJsonObject();
        assertThat(presence.get("userId").getAsString()).isEqualTo(person.userId());
        return presence.get("state").getAsString();
    }

    private static String presenceAmongMembers(TestClient viewer, String room, TestClient member) {
        return viewer.get(room + "/members").json().getAsJsonArray("members").asList().stream()
                .map(each -> each.getAsJsonObject())
                .filter(each -> each.get("id").getAsString().equals(member.userId()))
                .map(each -> each.get("presence").getAsString())
                .findFirst()
                .orElseThrow();
    }
}
