package chat.chatto.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.chatto.http.TestClient.Reply;
import chat.chatto.storage.jetstream.NatsServerExtension;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.List;

/** Threads, pins, reactions, mentions and forwarding as clients see them. */
class MessagingIT {

    private static final String THUMB = "%F0%9F%91%8D";

    @RegisterExtension static final NatsServerExtension nats = new NatsServerExtension();

    private static TestServer server;

    private TestClient ann;
    private TestClient bob;
    private String room;

    @BeforeAll
    static void start() throws InterruptedException {
        server = TestServer.start(nats);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void meet() {
        ann = server.client().register();
        bob = server.client().register();
        room = ann.createRoom();
        bob.post(room + "/join");
    }

    @Test
    void aReplyIsShownInTheRoomToo() {
        ann.say(room, "root");

        JsonObject reply =
                bob.post(
                                room + "/messages",
                                "{\"body\":\"both\",\"threadRoot\":0,\"alsoToRoom\":true}")
                        .json();
        JsonObject shown = ann.get(room + "/messages/1").json();
        ann.put(room + "/messages/1/reactions/" + THUMB, "");

        assertThat(reply.get("echoedAt").getAsLong()).isEqualTo(1);
        assertThat(shown.get("body").getAsString()).isEqualTo("both");
        assertThat(shown.getAsJsonObject("echoOf").get("id")).isEqualTo(reply.get("id"));
        assertThat(
                        ann.get(room + "/threads/0/messages/0")
                                .json()
                                .getAsJsonArray("reactions")
                                .size())
                .isEqualTo(1);
        Reply toReply = bob.post(room + "/messages", "{\"body\":\"no\",\"threadRoot\":1}");
        assertThat(toReply.status()).isEqualTo(422);
        assertThat(toReply.fields()).containsExactly("threadRoot");
        Reply mainLine = bob.post(room + "/messages", "{\"body\":\"no\",\"alsoToRoom\":true}");
        assertThat(mainLine.fields()).containsExactly("alsoToRoom");
    }

    @Test
    void aThreadIsFollowedUntilItIsLeft() {
        ann.say(room, "root");
        String follow = room + "/threads/0/follow";
        assertThat(ann.put(follow, "").status()).isEqualTo(404);
        bob.post(room + "/messages", "{\"body\":\"reply\",\"threadRoot\":0}");

        assertThat(following(ann)).isTrue();
        try (TestSocket socket = TestSocket.connect(ann);
                TestSocket others = TestSocket.connect(bob)) {
            assertThat(ann.delete(follow).json().get("following").getAsBoolean()).isFalse();
            JsonObject told = socket.await("thread.followed");
            assertThat(told.get("following").getAsBoolean()).isFalse();
            assertThat(told.get("threadRoot").getAsLong()).isZero();
            assertThat(others.drain("thread.followed")).isEmpty();
        }
        assertThat(following(ann)).isFalse();
        assertThat(following(bob)).isTrue();
    }

    @Test
    void whoeverAReplyMakesFollowIsTold() {
        ann.say(room, "root");
        TestClient eve = server.client().register();
        eve.post(room + "/join");
        String cursor;
        try (TestSocket asked = TestSocket.connect(ann);
                TestSocket called = TestSocket.connect(eve);
                TestSocket author = TestSocket.connect(bob)) {
            cursor = called.cursor();
            bob.post(
                    room + "/messages",
                    "{\"body\":\"@%s, look\",\"threadRoot\":0}".formatted(login(eve)));

            for (TestSocket socket : List.of(asked, called)) {
                JsonObject told = socket.await("thread.followed");
                assertThat(told.get("following").getAsBoolean()).isTrue();
                assertThat(told.get("threadRoot").getAsLong()).isZero();
            }
            assertThat(author.drain("thread.followed")).isEmpty();
        }
        try (TestSocket resumed = TestSocket.resume(eve, cursor)) {
            resumed.await("thread.followed");
        }
    }

    private boolean following(TestClient person) {
        return person.get(room + "/messages/0")
                .json()
                .getAsJsonObject("thread")
                .get("following")
                .getAsBoolean();
    }

    @Test
    void pinsAreListedAndTold() {
        ann.say(room, "first");
        ann.say(room, "second");

        try (TestSocket socket = TestSocket.connect(bob)) {
            ann.put(room + "/messages/0/pin", "");
            JsonObject told = socket.await("message.pinned");
            assertThat(told.get("added").getAsBoolean()).isTrue();
            assertThat(told.getAsJsonObject("message").has("pinned")).isTrue();
        }
        JsonObject pinned = ann.put(room + "/messages/1/pin", "").json();
        assertThat(pinned.getAsJsonObject("pinned").getAsJsonObject("by").get("id").getAsString())
                .isEqualTo(ann.userId());
        JsonObject newest = bob.get(room + "/pins?limit=1").json();
        String cursor = newest.get("nextCursor").getAsString();
        JsonObject rest = bob.get(room + "/pins?limit=1&cursor=" + cursor).json();
        assertThat(bodies(newest)).containsExactly("second");
        assertThat(bodies(rest)).containsExactly("first");
        assertThat(rest.has("nextCursor")).isFalse();
        ann.delete(room + "/messages/1/pin");
        assertThat(bodies(bob.get(room + "/pins").json())).containsExactly("first");
        assertThat(ann.put(room + "/messages/9/pin", "").status()).isEqualTo(404);
        assertThat(bob.put(room + "/messages/0/pin", "").status()).isEqualTo(403);
        assertThat(bob.get(room + "/pins?cursor=x").fields()).containsExactly("cursor");
    }

    @Test
    void whoReactedIsListed() {
        ann.say(room, "react");
        ann.put(room + "/messages/0/reactions/" + THUMB, "");
        bob.put(room + "/messages/0/reactions/" + THUMB, "");

        JsonObject part =
                bob.get(room + "/messages/0/reactions?emoji=" + THUMB + "&limit=1").json();
        JsonObject reaction = part.getAsJsonArray("reactions").get(0).getAsJsonObject();
        assertThat(reaction.get("count").getAsInt()).isEqualTo(2);
        JsonArray users = reaction.getAsJsonArray("users");
        assertThat(users.get(0).getAsJsonObject().get("id").getAsString()).isEqualTo(ann.userId());
        assertThat(part.get("nextCursor").getAsString()).isNotEmpty();
        assertThat(bob.get(room + "/messages/9/reactions").status()).isEqualTo(404);
        assertThat(bob.put(room + "/messages/0/reactions/nonsense", "").fields())
                .containsExactly("emoji");
        for (int i = 0; i < 19; i++) {
            String emoji = "%%F0%%9F%%98%%%X".formatted(0x80 + i);
            assertThat(bob.put(room + "/messages/0/reactions/" + emoji, "").status())
                    .isEqualTo(200);
        }
        Reply oneTooMany = bob.put(room + "/messages/0/reactions/%F0%9F%8E%89", "");
        assertThat(oneTooMany.status()).isEqualTo(422);
        assertThat(oneTooMany.text()).contains("remove one first");
    }

    @Test
    void peopleAreMentionedByLogin() {
        String login = login(bob);

        JsonObject posted = ann.say(room, "@" + login + " and @nobody-at-all, `@" + login + "`");
        JsonObject mentions = posted.getAsJsonObject("mentions");
        assertThat(mentions.getAsJsonArray("users").size()).isEqualTo(1);
        assertThat(
                        mentions.getAsJsonArray("users")
                                .get(0)
                                .getAsJsonObject()
                                .get("login")
                                .getAsString())
                .isEqualTo(login);
        assertThat(mentions.get("all").getAsBoolean()).isFalse();
        assertThat(ann.say(room, "@all").getAsJsonObject("mentions").get("all").getAsBoolean())
                .isTrue();
        assertThat(ann.say(room, "@nobody-at-all").has("mentions")).isFalse();
        JsonObject role =
                ann.say(room, "@moderator, but not @admin")
                        .getAsJsonObject("mentions")
                        .getAsJsonArray("roles")
                        .get(0)
                        .getAsJsonObject();
        assertThat(role.get("id").getAsString()).isEqualTo("moderator");
        assertThat(role.get("displayName").getAsString()).isNotEqualTo("moderator");
    }

    @Test
    void aMentionThatCallsNobodyIsPostedAndSaid() {
        String stranger = login(server.client().register());
        String body =
                "{\"body\":\"@nobdy, @%s, x@example.org, @%s\"}".formatted(stranger, login(bob));

        Reply posted = ann.post(room + "/messages", body);

        assertThat(posted.status()).isEqualTo(201);
        assertThat(warnings(posted))
                .containsExactly("unknown-mention nobdy", "mention-not-in-room " + stranger);
        assertThat(posted.text()).contains("Nobody here is called @nobdy");
        assertThat(ann.get(room + "/messages/0").json().has("warnings")).isFalse();
        assertThat(warnings(ann.patch(room + "/messages/0", "{\"body\":\"@nobdie\"}")))
                .containsExactly("unknown-mention nobdie");
        assertThat(ann.patch(room + "/messages/0", "{\"body\":\"@here\"}").json().has("warnings"))
                .isFalse();
        try (TestSocket socket = TestSocket.connect(bob)) {
            ann.post(room + "/messages", body);
            JsonObject told = socket.await("message.posted").getAsJsonObject("message");
            assertThat(told.has("warnings")).isFalse();
        }
    }

    private static List<String> warnings(Reply written) {
        return written.json().getAsJsonArray("warnings").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .map(one -> one.get("code").getAsString() + " " + one.get("name").getAsString())
                .toList();
    }

    private static String login(TestClient person) {
        return person.get("/api/v1/me").json().getAsJsonObject("user").get("login").getAsString();
    }

    @Test
    void aMessageIsForwardedByWhoMayReadIt() {
        ann.say(room, "the original");
        String other = bob.createRoom();
        String source = "{\"forward\":{\"roomId\":\"%s\",\"ordinal\":0}}".formatted(id(room));

        JsonObject copy = bob.post(other + "/messages", source).json().getAsJsonObject("forwarded");
        assertThat(copy.get("body").getAsString()).isEqualTo("the original");
        assertThat(copy.getAsJsonObject("author").get("id").getAsString()).isEqualTo(ann.userId());
        TestClient eve = server.client().register();
        eve.post(other + "/join");
        assertThat(eve.post(other + "/messages", source).status()).isEqualTo(403);
        assertThat(eve.get(other + "/messages/0").json().has("forwarded")).isTrue();
        Reply unknown =
                bob.post(other + "/messages", "{\"forward\":{\"roomId\":\"Rnone\",\"ordinal\":0}}");
        assertThat(unknown.status()).isEqualTo(404);
        Reply nothing =
                bob.post(
                        other + "/messages",
                        "{\"forward\":{\"roomId\":\"%s\",\"ordinal\":7}}".formatted(id(room)));
        assertThat(nothing.fields()).containsExactly("forward");
        assertThat(bob.post(other + "/messages", "{\"forward\":{}}").fields())
                .containsExactly("forward.roomId", "forward.ordinal");
        assertThat(bob.post(other + "/messages", "{\"forward\":7}").fields())
                .containsExactly("forward", "body");
    }

    @Test
    void aDateLeadsToItsMessages() {
        JsonObject first = ann.say(room, "first");
        ann.say(room, "second");

        JsonObject page =
                bob.get(room + "/messages?at=" + first.get("createdAt").getAsString()).json();
        assertThat(page.get("anchor").getAsLong()).isZero();
        assertThat(bodies(page)).containsExactly("first", "second");
        JsonObject future = bob.get(room + "/messages?at=2100-01-01T00:00:00Z").json();
        assertThat(future.has("anchor")).isFalse();
        assertThat(bodies(future)).containsExactly("first", "second");
        assertThat(bob.get(room + "/messages?at=yesterday").fields()).containsExactly("at");
        assertThat(bob.get(room + "/messages?at=2100-01-01T00:00:00Z&before=1").fields())
                .containsExactlyInAnyOrder("at", "before");
    }

    @Test
    void aDeletedMessageIsNotEdited() {
        ann.say(room, "gone soon");
        ann.delete(room + "/messages/0");

        Reply edit = ann.patch(room + "/messages/0", "{\"body\":\"back\"}");

        assertThat(edit.status()).isEqualTo(404);
        assertThat(edit.text()).contains("was deleted");
    }

    private static String id(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static List<String> bodies(JsonObject page) {
        return page.getAsJsonArray("messages").asList().stream()
                .map(message -> message.getAsJsonObject().get("body").getAsString())
                .toList();
    }
}
