package chat.chatto.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.chatto.core.account.OwnerClaim;
import chat.chatto.http.TestClient.Reply;
import chat.chatto.storage.jetstream.NatsServerExtension;

import com.google.gson.JsonObject;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.List;

class SessionIT {

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
    void signsInAndOut() {
        TestClient stranger = server.client();
        stranger.post("/api/v1/auth/register", TestClient.credentials("Ann"));

        Reply wrong =
                stranger.post(
                        "/api/v1/auth/login", "{\"login\":\"ann\",\"password\":\"wrong one\"}");
        Reply right = stranger.post("/api/v1/auth/login", TestClient.credentials("ann"));
        TestClient ann = bearer(right.json().get("token").getAsString());
        Reply me = ann.get("/api/v1/me");
        Reply out = ann.post("/api/v1/auth/logout");

        assertThat(wrong.status()).isEqualTo(401);
        assertThat(right.status()).isEqualTo(200);
        assertThat(me.json().getAsJsonObject("user").get("login").getAsString()).isEqualTo("Ann");
        assertThat(me.json().getAsJsonArray("permissions")).isNotEmpty();
        assertThat(out.status()).isEqualTo(204);
        Reply after = ann.get("/api/v1/me");
        assertThat(after.status()).isEqualTo(401);
        assertThat(after.code()).isEqualTo("unauthenticated");
        assertThat(after.header("www-authenticate")).contains("Bearer");
    }

    @Test
    void asksForASession() {
        for (String header : new String[] {"", "Basic YTpi", "Bearer", "Bearer cht_ATnobodys"}) {
            TestClient stranger = server.client();
            if (!header.isEmpty()) {
                stranger.with("Authorization", header);
            }

            assertThat(stranger.get("/api/v1/rooms").status()).as(header).isEqualTo(401);
        }
    }

    @Test
    void givesBrowsersCookiesInsteadOfATokenToRead() {
        Reply reply = browser("browser-one");

        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.json().has("token")).isFalse();
        assertThat(cookies(reply))
                .anySatisfy(
                        cookie ->
                                assertThat(cookie)
                                        .startsWith("chatto_session=cht_AT")
                                        .contains("HttpOnly", "SameSite=Lax", "Path=/"))
                .anySatisfy(
                        cookie ->
                                assertThat(cookie)
                                        .startsWith("chatto_csrf=")
                                        .doesNotContain("HttpOnly"));
    }

    @Test
    void refusesForgedRequestsByCookie() {
        Reply session = browser("browser-two");
        String sent = sent(session);
        String csrf = value(session, "chatto_csrf");

        Reply read = server.client().with("Cookie", sent).get("/api/v1/me");
        Reply without =
                server.client().with("Cookie", sent).post("/api/v1/rooms", "{\"name\":\"forged\"}");
        Reply wrong =
                server.client()
                        .with("Cookie", sent)
                        .with("X-CSRF-Token", csrf.substring(1) + "A")
                        .post("/api/v1/rooms", "{\"name\":\"forged\"}");
        Reply right =
                server.client()
                        .with("Cookie", sent)
                        .with("X-CSRF-Token", csrf)
                        .post("/api/v1/rooms", "{\"name\":\"meant\"}");

        assertThat(read.status()).isEqualTo(200);
        assertThat(without.status()).isEqualTo(403);
        assertThat(without.code()).isEqualTo("csrf");
        assertThat(wrong.status()).isEqualTo(403);
        assertThat(right.status()).isEqualTo(201);
    }

    @Test
    void takesCookiesBackAtTheEnd() {
        Reply session = browser("browser-three");

        Reply out =
                server.client()
                        .with("Cookie", sent(session))
                        .with("X-CSRF-Token", value(session, "chatto_csrf"))
                        .post("/api/v1/auth/logout");

        assertThat(out.status()).isEqualTo(204);
        assertThat(cookies(out)).hasSize(2).allSatisfy(it -> assertThat(it).contains("Max-Age=0"));
        assertThat(server.client().with("Cookie", sent(session)).get("/api/v1/me").status())
                .isEqualTo(401);
    }

    @Test
    void letsOnePersonClaimTheServer() {
        TestClient ann = server.client().register();
        TestClient bob = server.client().register();
        assertThat(server.client().get("/api/v1/server").json().get("setupRequired").getAsBoolean())
                .isTrue();
        String token = server.get(OwnerClaim.class).pendingToken().orElseThrow();
        String body = "{\"token\":\"" + token + "\"}";

        Reply wrong = ann.post("/api/v1/setup/claim", "{\"token\":\"wrong\"}");
        Reply right = ann.post("/api/v1/setup/claim", body);
        Reply late = bob.post("/api/v1/setup/claim", body);

        assertThat(wrong.status()).isEqualTo(403);
        assertThat(wrong.code()).isEqualTo("claim-refused");
        assertThat(right.status()).isEqualTo(200);
        assertThat(right.json().getAsJsonObject("user").get("owner").getAsBoolean()).isTrue();
        assertThat(late.status()).isEqualTo(403);
        JsonObject after = server.client().get("/api/v1/server").json();
        assertThat(after.get("setupRequired").getAsBoolean()).isFalse();
    }

    @Test
    void changesTheProfile() {
        TestClient ann = server.client().register();

        Reply changed = ann.patch("/api/v1/me", "{\"displayName\":\"Ann Ä. 😀\"}");

        assertThat(changed.json().get("displayName").getAsString()).isEqualTo("Ann Ä. 😀");
    }

    private static TestClient bearer(String token) {
        return server.client().with("Authorization", "Bearer " + token);
    }

    private static Reply browser(String login) {
        return server.client()
                .with("X-Chatto-Session", "cookie")
                .post("/api/v1/auth/register", TestClient.credentials(login));
    }

    private static List<String> cookies(Reply reply) {
        return reply.raw().headers().allValues("set-cookie");
    }

    /** The header a browser would send back. */
    private static String sent(Reply session) {
        return "chatto_session="
                + value(session, "chatto_session")
                + "; chatto_csrf="
                + value(session, "chatto_csrf");
    }

    private static String value(Reply reply, String cookie) {
        return cookies(reply).stream()
                .filter(each -> each.startsWith(cookie + "="))
                .map(each -> each.substring(cookie.length() + 1, each.indexOf(';')))
                .findFirst()
                .orElseThrow();
    }
}
