package chat.chatto.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.chatto.core.account.OwnerClaim;
import chat.chatto.core.account.UserId;
import chat.chatto.storage.jetstream.NatsServerExtension;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.HexFormat;

/** Drafts, saved messages, statuses and custom emoji, by way of two servers. */
class PersonalIT {

    @RegisterExtension static final NatsServerExtension nats = new NatsServerExtension();

    private static final byte[] PICTURE =
            HexFormat.of().parseHex("89504e470d0a1a0a0000000d494844520000008000000040");

    private static TestServer server;
    private static TestServer other;
    private static TestClient owner;
    private static Schemas schemas;

    @BeforeAll
    static void start() throws InterruptedException {
        server = TestServer.start(nats);
        other = TestServer.start(nats);
        owner = server.client().register();
        OwnerClaim claim = server.get(OwnerClaim.class);
        claim.claim(new UserId(owner.userId()), claim.pendingToken().orElseThrow());
        schemas = new Schemas(server.client().get("/api/v1/openapi.json").json());
    }

    @AfterAll
    static void stop() {
        other.close();
        server.close();
    }

    @Test
    void draftsAreThereOnAnotherServerAndItsSocketsAreTold() {
        TestClient ann = server.client().register();
        String room = ann.createRoom();
        TestClient there = ann.at(other.http().port());
        try (TestSocket socket = TestSocket.connect(there)) {
            schemas.check("KeptDraft", ann.put(room + "/draft", "{\"body\":\"Hel\"}").json());
            ann.put(room + "/draft?threadRoot=3", "{\"body\":\"Re\",\"replyTo\":1}");

            JsonObject told = socket.await("draft.updated");
            assertThat(room).endsWith(told.get("roomId").getAsString());
            assertThat(told.get("present").getAsBoolean()).isTrue();
            assertThat(told.toString()).doesNotContain("Hel");
            JsonObject list = there.get("/api/v1/me/drafts").json();
            schemas.check("DraftList", list);
            assertThat(list.getAsJsonArray("drafts")).hasSize(2);

            there.delete(room + "/draft");
            assertThat(ann.get("/api/v1/me/drafts").json().toString())
                    .contains("\"threadRoot\":3")
                    .doesNotContain("Hel");
        }
        assertThat(ann.put(room + "/draft?threadRoot=x", "{\"body\":\"Hel\"}").status())
                .isEqualTo(422);
        assertThat(
                        ann.put(room + "/draft", "{\"body\":\"a\",\"updatedAt\":\"yesterday\"}")
                                .fields())
                .containsExactly("updatedAt");
        assertThat(server.client().register().put(room + "/draft", "{\"body\":\"x\"}").status())
                .isEqualTo(403);
    }

    @Test
    void messagesAreSavedAndMadeUnread() {
        TestClient ann = server.client().register();
        String room = ann.createRoom();
        for (int n = 0; n < 3; n++) {
            ann.post(room + "/messages", "{\"body\":\"Number " + n + "\"}");
        }
        ann.post(room + "/messages", "{\"body\":\"A reply\",\"threadRoot\":0}");
        ann.put(room + "/read", "{\"ordinal\":2}");
        TestClient there = ann.at(other.http().port());
        try (TestSocket socket = TestSocket.connect(ann)) {
            assertThat(there.put(room + "/messages/1/saved", "").status()).isEqualTo(204);
            assertThat(socket.await("saved.updated").get("saved").getAsBoolean()).isTrue();
            there.put(room + "/threads/0/messages/0/saved", "");
            assertThat(there.put(room + "/messages/9/saved", "").status()).isEqualTo(404);

            JsonObject saved = ann.get("/api/v1/me/saved?limit=1").json();
            schemas.check("MessageList", saved);
            assertThat(saved.toString()).contains("A reply");
            String next = saved.get("nextCursor").getAsString();
            assertThat(ann.get("/api/v1/me/saved?limit=1&cursor=" + next).json().toString())
                    .contains("Number 1")
                    .doesNotContain("nextCursor");
            ann.delete(room + "/messages/1/saved");
            JsonObject ids = there.get("/api/v1/me/saved/ids").json();
            schemas.check("SavedIds", ids);
            assertThat(ids.getAsJsonArray("saved")).hasSize(1);

            assertThat(there.post(room + "/unread", "{\"ordinal\":1}").json().get("unread"))
                    .hasToString("2");
            assertThat(socket.await("read.updated").get("readOrdinal").getAsLong()).isZero();
            assertThat(ann.get(room).json().get("unread").getAsLong()).isEqualTo(2);
        }
    }

    @Test
    void aStatusIsToldToEverybodyAndStandsWhereverThePersonDoes() {
        TestClient ann = server.client().register();
        TestClient bob = other.client().register();
        String room = ann.createRoom();
        try (TestSocket socket = TestSocket.connect(bob)) {
            JsonObject me =
                    ann.put("/api/v1/me/status", "{\"emoji\":\"🚌\",\"text\":\"Commuting\"}")
                            .json();
            schemas.check("User", me);
            JsonObject told = socket.await("user.updated").getAsJsonObject("user");
            assertThat(told.getAsJsonObject("status").get("text").getAsString())
                    .isEqualTo("Commuting");
        }
        JsonObject message = ann.post(room + "/messages", "{\"body\":\"On my way\"}").json();
        schemas.check("Message", message);
        assertThat(message.getAsJsonObject("author").has("status")).isTrue();

        Instant soon = Instant.now().plusMillis(700);
        ann.put("/api/v1/me/status", "{\"text\":\"Soon over\",\"expiresAt\":\"" + soon + "\"}");
        await().untilAsserted(
                        () -> assertThat(ann.get("/api/v1/me").text()).doesNotContain("Soon over"));
        assertThat(ann.put("/api/v1/me/status", "{}").status()).isEqualTo(422);
        assertThat(ann.delete("/api/v1/me/status").status()).isEqualTo(204);
    }

    @Test
    void preferencesAreChangedOneByOne() {
        TestClient ann = server.client().register();
        ann.patch("/api/v1/me", "{\"preferences\":{\"lastRoomId\":\"R1\",\"timeFormat\":\"24h\"}}");
        ann.at(other.http().port())
                .patch("/api/v1/me", "{\"preferences\":{\"recentEmoji\":[\"🎉\"]}}");

        JsonObject me = ann.get("/api/v1/me").json();
        schemas.check("Me", me);
        assertThat(me.getAsJsonObject("preferences"))
                .hasToString(
                        "{\"lastRoomId\":\"R1\",\"timeFormat\":\"24h\",\"recentEmoji\":[\"🎉\"],"
                                + "\"emojiTone\":0}");
        assertThat(ann.patch("/api/v1/me", "{\"preferences\":{\"timeFormat\":\"25h\"}}").fields())
                .containsExactly("preferences.timeFormat");
    }

    @Test
    void emojiAreUploadedSeenEverywhereAndServedAsHarmlessPictures() {
        TestClient bob = other.client().register();
        try (TestSocket socket = TestSocket.connect(bob)) {
            TestClient.Reply added = upload(owner, "kakapo", PICTURE);
            assertThat(added.status()).isEqualTo(201);
            schemas.check("CustomEmoji", added.json());
            socket.await("emoji.changed");
        }
        JsonObject list = bob.get("/api/v1/emoji").json();
        schemas.check("CustomEmojiList", list);
        JsonArray emoji = list.getAsJsonArray("emoji");
        String url = emoji.get(0).getAsJsonObject().get("url").getAsString();

        TestClient.Reply picture = bob.get(url);
        assertThat(picture.header("Content-Type")).contains("image/png");
        assertThat(picture.header("Cache-Control"))
                .contains("private, max-age=31536000, immutable");
        assertThat(picture.header("X-Content-Type-Options")).contains("nosniff");
        assertThat(picture.header("Content-Security-Policy").orElseThrow())
                .contains("sandbox", "default-src 'none'");
        assertThat(bob.get("/api/v1/emoji/kakapo/image").header("Cache-Control"))
                .contains("private, no-cache");
        assertThat(other.client().get(url).status()).isEqualTo(401);

        String room = bob.createRoom();
        bob.post(room + "/messages", "{\"body\":\":kakapo:\"}");
        assertThat(bob.put(room + "/messages/0/reactions/:kakapo:", "").json().toString())
                .contains("\"emoji\":\":kakapo:\"");
        assertThat(bob.put(room + "/messages/0/reactions/:nothing:", "").status()).isEqualTo(422);

        assertThat(upload(bob, "mine", PICTURE).status()).isEqualTo(403);
        assertThat(upload(owner, "kakapo", PICTURE).status()).isEqualTo(409);
        assertThat(upload(owner, "svg", "<svg/>".getBytes(UTF_8)).fields())
                .containsExactly("image");
        assertThat(upload(owner, "large", new byte[256 * 1024 + 1]).status()).isEqualTo(413);
        assertThat(owner.patch("/api/v1/emoji/kakapo", "{\"name\":\"tada\"}").fields())
                .containsExactly("name");
        assertThat(owner.patch("/api/v1/emoji/kakapo", "{\"name\":\"bird-2\"}").status())
                .isEqualTo(200);
        assertThat(bob.get("/api/v1/emoji/bird-2/image").status()).isEqualTo(200);
        assertThat(owner.delete("/api/v1/emoji/bird-2").status()).isEqualTo(204);
        assertThat(owner.get(url).status()).isEqualTo(404);
    }

    private static TestClient.Reply upload(TestClient client, String name, byte[] picture) {
        return client.send(
                "POST", "/api/v1/emoji?name=" + name, BodyPublishers.ofByteArray(picture));
    }
}
