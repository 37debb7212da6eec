package chat.chatto.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.chatto.core.account.OwnerClaim;
import chat.chatto.storage.jetstream.NatsServerExtension;

import com.google.gson.JsonObject;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.util.List;

/** Roles and grants over HTTP, and what open sockets on another server make of them. */
class AccessIT {

    @RegisterExtension static final NatsServerExtension nats = new NatsServerExtension();

    private static final Duration A_SECOND = Duration.ofSeconds(1);

    private static TestServer server;
    private static TestServer other;
    private static TestClient owner;

    @BeforeAll
    static void start() throws InterruptedException {
        server = TestServer.start(nats);
        other = TestServer.start(nats);
        owner = server.client().register();
        String token = server.get(OwnerClaim.class).pendingToken().orElseThrow();
        owner.post("/api/v1/setup/claim", "{\"token\":\"%s\"}".formatted(token));
    }

    @AfterAll
    static void stop() {
        other.close();
        server.close();
    }

    @Test
    void listsWhatCanBeAllowed() {
        JsonObject catalogue = owner.get("/api/v1/permissions").json();

        assertThat(catalogue.getAsJsonArray("permissions")).hasSize(23);
        assertThat(owner.get("/api/v1/me").json().getAsJsonArray("permissions")).hasSize(23);
    }

    @Test
    void makesChangesGivesAndDeletesARole() {
        TestClient ann = server.client().register();
        String id = "gardeners";
        TestClient.Reply made =
                owner.post("/api/v1/roles", "{\"id\":\"gardeners\",\"displayName\":\"Gardeners\"}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.json().get("system").getAsBoolean()).isFalse();
        assertThat(
                        owner.patch("/api/v1/roles/" + id, "{\"pingable\":true,\"position\":7}")
                                .json()
                                .get("pingable")
                                .getAsBoolean())
                .isTrue();

        String membership = "/api/v1/roles/" + id + "/members/" + ann.userId();
        assertThat(owner.put(membership, "").status()).isEqualTo(204);

        assertThat(owner.get("/api/v1/roles/" + id + "/members").text()).contains(ann.userId());
        assertThat(ann.get("/api/v1/me").json().getAsJsonObject("user").get("roles"))
                .hasToString("[\"gardeners\"]");
        assertThat(ann.get("/api/v1/users/" + ann.userId() + "/roles").text())
                .isEqualTo("{\"roles\":[\"gardeners\"]}");
        assertThat(ann.post("/api/v1/roles", "{\"id\":\"mine\"}").text())
                .contains("This needs the permission role.manage");
        assertThat(owner.delete(membership).status()).isEqualTo(204);
        assertThat(owner.delete("/api/v1/roles/" + id).status()).isEqualTo(204);
        assertThat(owner.delete("/api/v1/roles/" + id).status()).isEqualTo(404);
        assertThat(owner.delete("/api/v1/roles/moderator").status()).isEqualTo(422);
    }

    @Test
    void refusesGrantsItDoesNotUnderstand() {
        assertThat(grant("nowhere", "role:everyone", "message.post", "deny").fields())
                .containsExactly("scope");
        assertThat(grant("server", "everyone", "message.post", "deny").fields())
                .containsExactly("subject");
        assertThat(grant("server", "role:everyone", "message.write", "deny").fields())
                .containsExactly("permission");
        assertThat(grant("server", "role:everyone", "message.post", "maybe").fields())
                .containsExactly("effect");
        assertThat(grant("server", "role:nobodies", "message.post", "deny").status())
                .isEqualTo(404);
    }

    @Test
    void explainsWhatDecided() {
        TestClient ann = server.client().register();
        String room = id(owner.createRoom());
        grant("room:" + room, "user:" + ann.userId(), "message.post", "deny");

        JsonObject explanation =
                ann.get("/api/v1/permissions/explain?permission=message.post&scope=room:" + room)
                        .json();

        assertThat(explanation.get("allowed").getAsBoolean()).isFalse();
        assertThat(explanation.get("reason").getAsString()).isEqualTo("grant");
        assertThat(explanation.get("text").getAsString())
                .isEqualTo("It is denied to this person in the room " + room);
        assertThat(explanation.getAsJsonObject("decidedBy").get("subject").getAsString())
                .isEqualTo("user:" + ann.userId());
        assertThat(explanation.getAsJsonArray("considered")).hasSize(2);
    }

    @Test
    void takesEffectOnAnotherServerWithinASecond() {
        TestClient ann = server.client().register().at(other.http().port());
        String room = owner.createRoom();
        ann.post(room + "/join");
        assertThat(ann.post(room + "/messages", "{\"body\":\"before\"}").status()).isEqualTo(201);

        long start = System.nanoTime();
        grant("room:" + id(room), "role:everyone", "message.post", "deny");
        TestClient.Reply refused = ann.post(room + "/messages", "{\"body\":\"after\"}");
        while (refused.status() != 403) {
            refused = ann.post(room + "/messages", "{\"body\":\"after\"}");
        }

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(A_SECOND);
        assertThat(refused.text())
                .contains("This needs the permission message.post: It is denied to everyone");
        JsonObject seen = ann.get(room).json();
        assertThat(seen.getAsJsonArray("permissions").toString())
                .contains("message.react")
                .doesNotContain("\"message.post\"");
    }

    @Test
    void endsWhatAnOpenSocketOnAnotherServerHearsWithinASecond() {
        TestClient ann = server.client().register().at(other.http().port());
        String room = owner.createRoom();
        String elsewhere = owner.createRoom();
        ann.post(room + "/join");
        ann.post(elsewhere + "/join");
        String scope = "room:" + id(room);
        String person = "user:" + ann.userId();

        try (TestSocket socket = TestSocket.connect(ann)) {
            owner.say(room, "heard");
            socket.await("message.posted");

            long start = System.nanoTime();
            grant(scope, person, "room.join", "deny");
            socket.await("permissions.changed");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(A_SECOND);
            owner.say(room, "secret");
            owner.say(elsewhere, "public");

            assertThat(body(socket.await("message.posted"))).isEqualTo("public");
            assertThat(ann.get(room + "/messages").status()).isEqualTo(403);
            assertThat(ann.post(room + "/typing").status()).isEqualTo(403);
            assertThat(ann.get(room).json().get("joined").getAsBoolean()).isFalse();

            grant(scope, person, "room.join", "clear");
            socket.await("permissions.changed");
            owner.say(room, "welcome back");

            assertThat(body(socket.await("message.posted"))).isEqualTo("welcome back");
        }
    }

    @Test
    void shutsOutThroughARoleThatAPersonIsGiven() {
        TestClient ann = server.client().register().at(other.http().port());
        String room = owner.createRoom();
        ann.post(room + "/join");
        owner.post("/api/v1/roles", "{\"id\":\"suspects\"}");
        grant("room:" + id(room), "role:suspects", "room.join", "deny");

        try (TestSocket socket = TestSocket.connect(ann)) {
            owner.put("/api/v1/roles/suspects/members/" + ann.userId(), "");
            socket.await("permissions.changed");
            owner.say(room, "secret");

            assertThat(socket.drain("message.posted")).isEmpty();

            owner.delete("/api/v1/roles/suspects");
            socket.await("permissions.changed");
            owner.say(room, "open");

            assertThat(body(socket.await("message.posted"))).isEqualTo("open");
        }
    }

    @Test
    void tellsAClientThatWasAwayThatItsRightsChanged() {
        TestClient ann = server.client().register();
        String cursor;
        try (TestSocket socket = TestSocket.open(ann.port())) {
            socket.hello(ann);
            cursor = socket.expect("ready").get("cursor").getAsString();
        }
        try (TestSocket socket = TestSocket.resume(ann, cursor)) {
            assertThat(socket.drain("permissions.changed")).isEmpty();
        }

        grant("server", "user:" + ann.userId(), "room.create", "deny");

        try (TestSocket socket = TestSocket.resume(ann, cursor)) {
            socket.await("permissions.changed");
        }
        assertThat(ann.post("/api/v1/rooms", "{\"name\":\"no more\"}").status()).isEqualTo(403);
    }

    @Test
    void tellsOfAHiddenRoomOnlyThoseWhoMayKnowOfIt() {
        TestClient ann = server.client().register();
        String room = owner.createRoom();
        List.of("room.list", "room.join")
                .forEach(what -> grant("room:" + id(room), "role:everyone", what, "deny"));

        assertThat(ann.get(room).status()).isEqualTo(404);
        assertThat(ann.get("/api/v1/rooms?limit=1000").text()).doesNotContain(id(room));
        assertThat(ann.post(room + "/join").status()).isEqualTo(404);
        assertThat(ann.get(room + "/messages").status()).isEqualTo(404);
        assertThat(owner.get("/api/v1/rooms?limit=1000").text()).contains(id(room));
        try (TestSocket anns = TestSocket.connect(ann);
                TestSocket owners = TestSocket.connect(owner)) {
            owner.patch(room, "{\"description\":\"hidden plans\"}");

            owners.await("room.updated");
            assertThat(anns.drain("room.updated")).isEmpty();
        }
    }

    private static TestClient.Reply grant(
            String scope, String subject, String permission, String effect) {
        return owner.put(
                "/api/v1/grants",
                "{\"scope\":\"%s\",\"subject\":\"%s\",\"permission\":\"%s\",\"effect\":\"%s\"}"
                        .formatted(scope, subject, permission, effect));
    }

    private static String id(String room) {
        return room.substring(room.lastIndexOf('/') + 1);
    }

    private static String body(JsonObject frame) {
        return frame.getAsJsonObject("message").get("body").getAsString();
    }
}
