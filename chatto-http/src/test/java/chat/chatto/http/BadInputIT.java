package chat.chatto.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.chatto.http.TestClient.Reply;
import chat.chatto.storage.jetstream.NatsServerExtension;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;

class BadInputIT {

    @RegisterExtension static final NatsServerExtension nats = new NatsServerExtension();

    private static TestServer server;
    private static TestClient person;
    private static String room;

    @BeforeAll
    static void start() throws InterruptedException {
        server = TestServer.start(nats);
        person = server.client().register();
        room = person.createRoom();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void refusesBodiesThatDeclareTooMuch() {
        Reply reply = person.post(room + "/messages", "x".repeat(200 * 1024));

        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.code()).isEqualTo("too-large");
        assertThat(person.get(room).status()).isEqualTo(200);
    }

    @Test
    void refusesBodiesThatTurnOutTooLong() {
        byte[] endless = "x".repeat(200 * 1024).getBytes(StandardCharsets.US_ASCII);
        Reply reply =
                person.send(
                        "POST",
                        room + "/messages",
                        BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(endless)));

        assertThat(reply.status()).isEqualTo(413);
    }

    @Test
    void namesThePlaceOfMalformedJson() {
        Reply reply = person.post(room + "/messages", "{\n \"body\": \"x\",\n \"replyTo\": ]\n}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("malformed");
        assertThat(reply.json().get("detail").getAsString())
                .contains("line 3", "column", "$.replyTo");
        assertThat(reply.header("content-type")).contains("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{} x", "{\"body\":\"a\",\"body\":\"b\"}", "", "{\"body\":"})
    void refusesWhatIsNotOneJsonObject(String body) {
        Reply reply = person.with("X-Case", "1").post(room + "/messages", body);

        assertThat(reply.status()).isEqualTo(400);
    }

    @Test
    void refusesInvalidUtf8() {
        byte[] body = {'{', '"', 'b', 'o', 'd', 'y', '"', ':', '"', (byte) 0xc3, '"', '}'};

        Reply reply = person.send("POST", room + "/messages", BodyPublishers.ofByteArray(body));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().get("detail").getAsString()).contains("UTF-8");
    }

    @Test
    void refusesDeepNesting() {
        String deep = "{\"body\":\"x\",\"other\":" + "[".repeat(500) + "]".repeat(500) + "}";

        assertThat(person.post(room + "/messages", deep).status()).isEqualTo(400);
    }

    @Test
    void namesAllWrongFieldsAtOnce() {
        Reply reply =
                person.post(
                        room + "/messages",
                        "{\"body\":7,\"replyTo\":\"x\",\"threadRoot\":-1,\"alsoToRoom\":1,\"attachments\":[1]}");

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.code()).isEqualTo("invalid");
        assertThat(reply.fields())
                .containsExactlyInAnyOrder(
                        "body", "replyTo", "threadRoot", "alsoToRoom", "attachments");
    }

    @Test
    void ignoresUnknownFields() {
        Reply reply =
                person.post(room + "/messages", "{\"body\":\"x\",\"future\":{\"a\":[1,null]}}");

        assertThat(reply.status()).isEqualTo(201);
    }

    @Test
    void takesTheLongestBodyAndNotOneCharacterMore() {
        String longest = "😀".repeat(10_000);

        assertThat(person.post(room + "/messages", "{\"body\":\"" + longest + "\"}").status())
                .isEqualTo(201);
        Reply more = person.post(room + "/messages", "{\"body\":\"" + longest + "x\"}");
        assertThat(more.status()).isEqualTo(422);
        assertThat(more.fields()).containsExactly("body");
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0, limit",
        "limit=101, limit",
        "limit=x, limit",
        "limit=1&limit=2, limit",
        "before=-1, before",
        "after=x, after",
        "around=1.5, around"
    })
    void refusesWrongParameters(String query, String field) {
        Reply reply = person.get(room + "/messages?" + query);

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.fields()).contains(field);
    }

    @Test
    void refusesParametersThatExcludeEachOther() {
        Reply reply = person.get(room + "/messages?before=1&after=0");

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.fields()).containsExactlyInAnyOrder("before", "after");
    }

    @Test
    void refusesOtherContentTypes() {
        Reply reply =
                server.client()
                        .with("Content-Type", "text/plain")
                        .post("/api/v1/auth/login", TestClient.credentials("x"));

        assertThat(reply.status()).isEqualTo(415);
        assertThat(reply.code()).isEqualTo("unsupported-media-type");
    }

    @Test
    void saysWhichMethodsAPathHas() {
        Reply reply = person.delete("/api/v1/rooms");

        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.header("allow")).contains("GET, HEAD, POST");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/nothing",
                "/api/",
                "/api/v1/rooms/Rnothing",
                "/api/v1/rooms/%00",
                "/api/v1/rooms/Rnothing/messages",
                "/api/v1/rooms/Rnothing/messages/7"
            })
    void doesNotFindWhatIsNotThere(String path) {
        Reply reply = person.get(path);

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.code()).isEqualTo("not-found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"999999", "-1", "x", "99999999999999999999"})
    void doesNotFindMessagesThatAreNotThere(String ordinal) {
        assertThat(person.get(room + "/messages/" + ordinal).status()).isEqualTo(404);
    }

    @Test
    void refusesReactionsThatAreNoEmoji() {
        person.say(room, "react to this");

        assertThat(person.put(room + "/messages/0/reactions/hello", "").status()).isEqualTo(422);
    }

    @Test
    void refusesIdempotencyKeysThatAreTooLong() {
        Reply reply =
                server.client()
                        .register()
                        .with("Idempotency-Key", "k".repeat(201))
                        .post("/api/v1/rooms", "{\"name\":\"keyed\"}");

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.fields()).containsExactly("Idempotency-Key");
    }

    @Test
    void namesWrongRegistrationFields() {
        Reply missing = server.client().post("/api/v1/auth/register", "{}");
        Reply wrong =
                server.client()
                        .post("/api/v1/auth/register", "{\"login\":\"x\",\"password\":\"short\"}");

        assertThat(missing.status()).isEqualTo(422);
        assertThat(missing.fields()).containsExactlyInAnyOrder("login", "password");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.fields()).containsExactlyInAnyOrder("login", "password");
    }
}
