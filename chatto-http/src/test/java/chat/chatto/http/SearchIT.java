package chat.chatto.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.chatto.http.TestClient.Reply;
import chat.chatto.storage.jetstream.NatsServerExtension;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import java.net.URLEncoder;
import java.nio.file.Path;
import java.util.List;

/** Searching as clients see it. */
class SearchIT {

    @RegisterExtension static final NatsServerExtension nats = new NatsServerExtension();

    @TempDir static Path directory;

    private static TestServer server;
    private static TestClient ann;
    private static Schemas schemas;

    @BeforeAll
    static void start() throws InterruptedException {
        server = TestServer.searching(nats, directory.resolve("index"));
        ann = server.client().register();
        schemas = new Schemas(server.client().get("/api/v1/openapi.json").json());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void findsMessagesWithWhatWasLookedForHighlighted() {
        String room = ann.createRoom();
        ann.say(room, "the **rockets** fly at <noon>");
        ann.say(room, "a rocket for tea");
        await().until(() -> results("rocket").size() == 2);

        JsonObject first = find("rocket&limit=1").json();
        JsonObject rest =
                find("rocket&limit=1&cursor=" + first.get("nextCursor").getAsString()).json();

        schemas.check("SearchResults", first);
        JsonObject hit = rest.getAsJsonArray("results").get(0).getAsJsonObject();
        assertThat(hit.getAsJsonObject("message").get("ordinal").getAsLong()).isZero();
        assertThat(room).endsWith(hit.get("roomId").getAsString());
        assertThat(marked(hit)).isEqualTo("the [rockets] fly at <noon>");
        assertThat(rest.has("nextCursor")).isFalse();
        assertThat(results("rocket", "&room=" + hit.get("roomId").getAsString()).size())
                .isEqualTo(2);
        assertThat(
                        server.client()
                                .register()
                                .get("/api/v1/search?q=rocket")
                                .json()
                                .getAsJsonArray("results"))
                .isEmpty();
    }

    @Test
    void refusesWhatItCannotRead() {
        assertThat(find("").fields()).containsExactly("q");
        assertThat(find(encoded("has:money")).fields()).containsExactly("q");
        assertThat(find("x&limit=101").fields()).containsExactly("limit");
        assertThat(find("x&cursor=here").fields()).containsExactly("cursor");
        assertThat(find("x&zone=Mars").fields()).containsExactly("zone");
        assertThat(find("x&room=Rnone").status()).isEqualTo(404);
        assertThat(server.client().get("/api/v1/search?q=x").status()).isEqualTo(401);
    }

    @Test
    void saysThatItCanBeAskedAndHowTheIndexIs() {
        await().untilAsserted(
                        () ->
                                assertThat(server.client().get("/readyz").text())
                                        .contains("\"search\":{\"state\":\"current\"}"));
        schemas.check("Health", server.client().get("/readyz").json());
        assertThat(
                        ann
                                .get("/api/v1/server")
                                .json()
                                .getAsJsonArray("features")
                                .asList()
                                .stream()
                                .map(JsonElement::getAsString))
                .contains("search");
    }

    @Test
    void saysWhereNothingCanBeSearchedFor() throws InterruptedException {
        try (TestServer without = TestServer.start(nats)) {
            Reply refused = ann.at(without.http().port()).get("/api/v1/search?q=x");

            assertThat(refused.status()).isEqualTo(404);
            assertThat(refused.text()).contains("search.enabled");
        }
    }

    private static JsonArray results(String query, String... more) {
        return find(query + String.join("", List.of(more))).json().getAsJsonArray("results");
    }

    private static Reply find(String query) {
        return ann.get("/api/v1/search?q=" + query);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    private static String marked(JsonObject hit) {
        StringBuilder text = new StringBuilder();
        for (JsonElement element : hit.getAsJsonArray("excerpt")) {
            JsonObject passage = element.getAsJsonObject();
            String part = passage.get("text").getAsString();
            text.append(passage.get("highlighted").getAsBoolean() ? "[" + part + "]" : part);
        }
        return text.toString();
    }
}
