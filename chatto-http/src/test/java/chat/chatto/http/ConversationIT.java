package chat.chatto.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.chatto.http.TestClient.Reply;
import chat.chatto.storage.jetstream.NatsServerExtension;

import com.google.gson.JsonObject;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.zip.GZIPInputStream;

class ConversationIT {

    @RegisterExtension static final NatsServerExtension nats = new NatsServerExtension();

    private static TestServer server;

    @BeforeAll
    static void start() throws InterruptedException {
        server = TestServer.start(nats);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void readsPagesInEveryDirection() {
        TestClient ann = server.client().register();
        String room = ann.createRoom();
        for (int i = 0; i < 10; i++) {
            ann.say(room, "message " + i);
        }

        JsonObject newest = ann.get(room + "/messages?limit=3").json();
        JsonObject before = ann.get(room + "/messages?limit=3&before=7").json();
        JsonObject after = ann.get(room + "/messages?limit=3&after=7").json();
        JsonObject around = ann.get(room + "/messages?limit=3&around=5").json();

        assertThat(ordinals(newest)).containsExactly(7L, 8L, 9L);
        assertThat(newest.get("head").getAsLong()).isEqualTo(9);
        assertThat(newest.get("hasOlder").getAsBoolean()).isTrue();
        assertThat(newest.get("hasNewer").getAsBoolean()).isFalse();
        assertThat(ordinals(before)).containsExactly(4L, 5L, 6L);
        assertThat(ordinals(after)).containsExactly(8L, 9L);
        assertThat(ordinals(around)).contains(5L).hasSize(3);
    }

    @Test
    void postsOncePerKey() {
        TestClient ann = server.client().register();
        String room = ann.createRoom();
        ann.with("Idempotency-Key", UUID.randomUUID().toString());

        Reply first = ann.post(room + "/messages", "{\"body\":\"once\"}");
        Reply again = ann.post(room + "/messages", "{\"body\":\"once\"}");
        Reply other = ann.post(room + "/messages", "{\"body\":\"something else\"}");

        assertThat(first.status()).isEqualTo(201);
        assertThat(first.json().has("idempotencyKey")).isTrue();
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().get("id")).isEqualTo(first.json().get("id"));
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.code()).isEqualTo("idempotency-key-reused");
    }

    @Test
    void holdsThreads() {
        TestClient ann = server.client().register();
        String room = ann.createRoom();
        ann.say(room, "root");

        Reply reply = ann.post(room + "/messages", "{\"body\":\"reply\",\"threadRoot\":0}");
        JsonObject replies = ann.get(room + "/threads/0/messages").json();
        JsonObject root = ann.get(room + "/messages/0").json();
        Reply edited = ann.patch(room + "/threads/0/messages/0", "{\"body\":\"better reply\"}");

        assertThat(reply.json().get("threadRoot").getAsLong()).isZero();
        assertThat(ordinals(replies)).containsExactly(0L);
        JsonObject thread = root.getAsJsonObject("thread");
        assertThat(thread.get("replies").getAsLong()).isEqualTo(1);
        assertThat(thread.getAsJsonArray("participants").get(0).getAsJsonObject().get("id"))
                .isEqualTo(root.getAsJsonObject("author").get("id"));
        assertThat(edited.json().get("body").getAsString()).isEqualTo("better reply");
        assertThat(ann.get(room + "/threads/7/messages").status()).isEqualTo(404);
    }

    @Test
    void countsReactionsForEachReader() {
        TestClient ann = server.client().register();
        TestClient bob = server.client().register();
        String room = ann.createRoom();
        bob.post(room + "/join");
        ann.say(room, "react");

        ann.put(room + "/messages/0/reactions/%F0%9F%91%8D", "");
        JsonObject forAnn = ann.get(room + "/messages/0").json();
        JsonObject forBob = bob.get(room + "/messages/0").json();
        JsonObject removed = ann.delete(room + "/messages/0/reactions/%F0%9F%91%8D").json();

        assertThat(reaction(forAnn).get("mine").getAsBoolean()).isTrue();
        assertThat(reaction(forBob).get("mine").getAsBoolean()).isFalse();
        assertThat(reaction(forBob).get("count").getAsInt()).isEqualTo(1);
        assertThat(removed.getAsJsonArray("reactions")).isEmpty();
    }

    @Test
    void countsWhatIsUnread() {
        TestClient ann = server.client().register();
        TestClient bob = server.client().register();
        String room = ann.createRoom();
        ann.say(room, "before bob came");
        bob.post(room + "/join");
        ann.say(room, "news");
        ann.say(room, "more news");

        JsonObject unread = bob.get(room).json();
        JsonObject read = bob.put(room + "/read", "{\"ordinal\":1}").json();
        JsonObject backwards = bob.put(room + "/read", "{\"ordinal\":0}").json();

        assertThat(unread.get("unread").getAsLong()).isEqualTo(2);
        assertThat(read.get("unread").getAsLong()).isEqualTo(1);
        assertThat(backwards.get("readOrdinal").getAsLong()).isEqualTo(1);
    }

    @Test
    void keepsRoomsToTheirMembers() {
        TestClient ann = server.client().register();
        TestClient bob = server.client().register();
        String room = ann.createRoom();
        ann.say(room, "for members");

        assertThat(bob.get(room + "/messages").status()).isEqualTo(403);
        assertThat(bob.post(room + "/messages", "{\"body\":\"x\"}").status()).isEqualTo(403);
        assertThat(bob.put(room + "/read", "{\"ordinal\":0}").status()).isEqualTo(403);
        assertThat(bob.post(room + "/typing").status()).isEqualTo(403);
        assertThat(bob.patch(room, "{\"name\":\"mine\"}").status()).isEqualTo(403);
        bob.post(room + "/join");
        assertThat(bob.patch(room + "/messages/0", "{\"body\":\"not mine\"}").status())
                .isEqualTo(403);
        assertThat(bob.get(room + "/members").json().getAsJsonArray("members")).hasSize(2);
    }

    @Test
    void listsRoomsInParts() {
        TestClient ann = server.client().register();
        ann.createRoom();
        ann.createRoom();

        JsonObject first = ann.get("/api/v1/rooms?joined=true&limit=1").json();
        String next = first.get("nextCursor").getAsString();
        JsonObject second = ann.get("/api/v1/rooms?joined=true&limit=1&cursor=" + next).json();

        assertThat(first.getAsJsonArray("rooms")).hasSize(1);
        assertThat(second.getAsJsonArray("rooms")).hasSize(1);
        assertThat(second.getAsJsonArray("rooms")).isNotEqualTo(first.getAsJsonArray("rooms"));
    }

    @Test
    void refusesNamesThatAreTaken() {
        TestClient ann = server.client().register();
        ann.post("/api/v1/rooms", "{\"name\":\"Taken\"}");

        Reply again = ann.post("/api/v1/rooms", "{\"name\":\"taken\"}");

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.code()).isEqualTo("name-taken");
    }

    @Test
    void compressesLongAnswersForWhoAsks() throws IOException {
        TestClient ann = server.client().register();
        String room = ann.createRoom();
        ann.say(room, "long ".repeat(500));

        Reply plain = ann.get(room + "/messages");
        Reply zipped = ann.with("Accept-Encoding", "br, gzip").get(room + "/messages");

        assertThat(plain.header("content-encoding")).isEmpty();
        assertThat(zipped.header("content-encoding")).contains("gzip");
        assertThat(zipped.raw().body().length).isLessThan(plain.raw().body().length / 2);
        try (var in = new GZIPInputStream(new ByteArrayInputStream(zipped.raw().body()))) {
            assertThat(in.readAllBytes()).isEqualTo(plain.raw().body());
        }
        assertThat(ann.get("/healthz").header("content-encoding")).isEmpty();
    }

    private static List<Long> ordinals(JsonObject page) {
        return page.getAsJsonArray("messages").asList().stream()
                .map(message -> message.getAsJsonObject().get("ordinal").getAsLong())
                .toList();
    }

    private static JsonObject reaction(JsonObject message) {
        return message.getAsJsonArray("reactions").get(0).getAsJsonObject();
    }
}
