package chat.chatto.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.chatto.core.account.OwnerClaim;
import chat.chatto.http.TestClient.Reply;
import chat.chatto.storage.jetstream.NatsServerExtension;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Rooms that are not everybody's, or everybody's without asking, on two servers. */
class RoomsForSomeIT {

    @RegisterExtension static final NatsServerExtension nats = new NatsServerExtension();

    private static TestServer server;
    private static TestServer other;
    private static TestClient owner;
    private static TestClient ann;
    private static TestClient bob;
    private static Schemas schemas;

    @BeforeAll
    static void start() throws InterruptedException {
        server = TestServer.start(nats);
        other = TestServer.start(nats);
        owner = server.client().register();
        String token = server.get(OwnerClaim.class).pendingToken().orElseThrow();
        owner.post("/api/v1/setup/claim", "{\"token\":\"%s\"}".formatted(token));
        ann = server.client().register();
        bob = other.client().register();
        schemas = new Schemas(server.client().get("/api/v1/openapi.json").json());
    }

    @AfterAll
    static void stop() {
        server.close();
        other.close();
    }

    @Test
    void showsAConversationToBothAtOnceAndToNobodyElse() {
        try (TestSocket bobs = TestSocket.connect(bob);
                TestSocket owners = TestSocket.connect(owner)) {
            Reply opened = ann.post("/api/v1/dms", people(bob));
            String room = path(opened.json());

            JsonObject joined = bobs.await("room.joined");
            ann.say(room, "between us");

            assertThat(opened.status()).isEqualTo(201);
            schemas.check("Room", opened.json());
            assertThat(bob.post("/api/v1/dms", people(ann)).status()).isEqualTo(200);
            assertThat(joined.get("roomId")).isEqualTo(opened.json().get("id"));
            assertThat(bobs.await("message.posted").get("roomId"))
                    .isEqualTo(opened.json().get("id"));
            assertThat(owner.get(room).status()).isEqualTo(404);
            assertThat(owner.get(room + "/messages").status()).isEqualTo(404);
            assertThat(owner.post(room + "/join").status()).isEqualTo(404);
            assertThat(owner.delete(room + "/messages/0").status()).isEqualTo(404);
            String thread = "{\"body\":\"apart\",\"threadRoot\":0}";
            assertThat(ann.post(room + "/messages", thread).status()).isEqualTo(403);
            // What comes next is the first that the owner hears.
            JsonObject next = ann.post("/api/v1/rooms", named("after the talk")).json();
            assertThat(room(owners.expect("room.updated")).get("id")).isEqualTo(next.get("id"));
        }
    }

    @Test
    void hidesAPrivateRoomFromAllButThoseWhoWereAdded() {
        try (TestSocket bobs = TestSocket.connect(bob)) {
            JsonObject made =
                    ann.post("/api/v1/rooms", "{\"name\":\"secret\",\"private\":true}").json();
            String room = path(made);
            ann.patch(room, "{\"description\":\"nobody's business\"}");
            JsonObject next = ann.post("/api/v1/rooms", named("no secret")).json();

            assertThat(made.get("private").getAsBoolean()).isTrue();
            assertThat(room(bobs.expect("room.updated")).get("id")).isEqualTo(next.get("id"));
            assertThat(bob.get(room).status()).isEqualTo(404);
            assertThat(bob.post(room + "/join").status()).isEqualTo(404);
            assertThat(bob.get(room + "/members").status()).isEqualTo(404);
            assertThat(bob.get("/api/v1/rooms?query=secret&limit=1").text())
                    .doesNotContain(id(made));

            Reply added =
                    ann.post(room + "/members", "{\"userId\":\"%s\"}".formatted(bob.userId()));

            assertThat(added.status()).isEqualTo(200);
            assertThat(bobs.await("room.joined").get("roomId")).isEqualTo(made.get("id"));
            assertThat(bob.get(room + "/messages").status()).isEqualTo(200);
        }
    }

    @Test
    void endsWhatABannedPersonHearsAtOnce() {
        String room = owner.createRoom();
        bob.post(room + "/join");
        try (TestSocket bobs = TestSocket.connect(bob)) {
            Reply ban =
                    owner.post(
                            room + "/bans",
                            "{\"userId\":\"%s\",\"reason\":\"Noise\",\"expiresAt\":\"2100-01-01T00:00:00Z\"}"
                                    .formatted(bob.userId()));
            owner.say(room, "quiet now");
            bobs.expect("room.left");
            JsonObject next = owner.post("/api/v1/rooms", named("after the ban")).json();

            assertThat(room(bobs.expect("room.updated")).get("id")).isEqualTo(next.get("id"));
            assertThat(ban.status()).isEqualTo(201);
            schemas.check("Ban", ban.json());
            schemas.check("BanPage", owner.get(room + "/bans").json());
            assertThat(bob.get(room + "/messages").status()).isEqualTo(403);
            assertThat(bob.post(room + "/join").json().get("detail").getAsString())
                    .contains("banned");
            assertThat(bob.delete(room + "/bans/" + bob.userId()).status()).isEqualTo(403);
            assertThat(owner.delete(room + "/bans/" + bob.userId()).status()).isEqualTo(204);
            assertThat(bob.post(room + "/join").status()).isEqualTo(200);
        }
    }

    @Test
    void takesEverybodyIntoAUniversalRoomAndOutAgain() {
        String room = owner.createRoom();
        owner.say(room, "before");
        try (TestSocket bobs = TestSocket.connect(bob)) {
            owner.patch(room, "{\"universal\":true}");
            bobs.await("room.updated");
            JsonObject seen = bob.get(room).json();
            owner.say(room, "to all");

            assertThat(seen.get("joined").getAsBoolean()).isTrue();
            assertThat(seen.get("unread").getAsInt()).isZero();
            bobs.await("message.posted");
            assertThat(bob.get(room).json().get("unread").getAsInt()).isEqualTo(1);
            assertThat(bob.post(room + "/leave").status()).isEqualTo(409);
            Instant soon = Instant.now().plusSeconds(1);
            owner.post(
                    room + "/bans",
                    "{\"userId\":\"%s\",\"expiresAt\":\"%s\"}".formatted(bob.userId(), soon));
            bobs.await("room.left");
            bobs.await("room.joined");
            owner.say(room, "back again");
            bobs.await("message.posted");

            owner.patch(room, "{\"universal\":false}");

            assertThat(bobs.await("room.left").get("userId").getAsString()).isEqualTo(bob.userId());
            assertThat(bob.get(room + "/messages").status()).isEqualTo(403);
        }
    }

    @Test
    void tellsEverybodyOfGroupsAndKeepsThemInOrder() {
        try (TestSocket bobs = TestSocket.connect(bob)) {
            String body =
                    "{\"name\":\"Work\",\"links\":[{\"label\":\"Wiki\",\"url\":\"https://wiki.example\"}]}";
            JsonObject group = owner.post("/api/v1/groups", body).json();
            bobs.await("groups.changed");
            owner.patch("/api/v1/groups/" + id(group), "{\"position\":0}");

            // The records of the groups that changed places are heard of one after the other.
            await().until(() -> groupsTold(bobs).getFirst().equals(id(group)));
            schemas.check("GroupList", bob.get("/api/v1/groups").json());
            JsonObject grouped =
                    owner.post(
                                    "/api/v1/rooms",
                                    "{\"name\":\"desk\",\"groupId\":\"%s\"}".formatted(id(group)))
                            .json();
            assertThat(grouped.get("groupId")).isEqualTo(group.get("id"));
            JsonObject found = bob.get("/api/v1/rooms?group=" + id(group)).json();
            assertThat(ids(found.getAsJsonArray("rooms").asList())).containsExactly(id(grouped));
            assertThat(owner.delete("/api/v1/groups/" + id(group)).status()).isEqualTo(409);
            assertThat(ann.post("/api/v1/groups", body).status()).isEqualTo(403);
        }
    }

    @Test
    void slowsMembersDownOnBothServersTogether() {
        String room = owner.createRoom();
        owner.patch(room, "{\"slowModeSeconds\":3600}");
        bob.post(room + "/join");
        bob.say(room, "first");

        Reply second =
                bob.at(server.http().port()).post(room + "/messages", "{\"body\":\"second\"}");

        assertThat(second.status()).isEqualTo(429);
        assertThat(second.header("Retry-After")).isPresent();
        assertThat(second.json().get("detail").getAsString()).contains("slow mode");
        assertThat(bob.get(room).json().get("postableAt").getAsString()).startsWith("20");
        owner.say(room, "one");
        owner.say(room, "two");
    }

    @Test
    void findsPeople() {
        String login =
                bob.get("/api/v1/me").json().getAsJsonObject("user").get("login").getAsString();

        JsonObject found = ann.get("/api/v1/users?query=" + login.toUpperCase(Locale.ROOT)).json();

        schemas.check("UserPage", found);
        assertThat(ids(found.getAsJsonArray("users").asList())).contains(bob.userId());
        assertThat(id(ann.get("/api/v1/users/" + bob.userId()).json())).isEqualTo(bob.userId());
        assertThat(ann.get("/api/v1/users/Unobody").status()).isEqualTo(404);
    }

    private static String people(TestClient person) {
        return "{\"userIds\":[\"%s\"]}".formatted(person.userId());
    }

    private static String named(String name) {
        return "{\"name\":\"%s\"}".formatted(name);
    }

    private static JsonObject room(JsonObject frame) {
        return frame.getAsJsonObject("room");
    }

    private static String path(JsonObject room) {
        return "/api/v1/rooms/" + id(room);
    }

    private static String id(JsonObject object) {
        return object.get("id").getAsString();
    }

    private static List<String> groupsTold(TestSocket socket) {
        return ids(socket.await("groups.changed").getAsJsonArray("groups").asList());
    }

    private static List<String> ids(List<JsonElement> objects) {
        return objects.stream().map(element -> id(element.getAsJsonObject())).toList();
    }
}
