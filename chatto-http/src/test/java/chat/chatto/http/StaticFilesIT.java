package chat.chatto.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.chatto.http.TestClient.Reply;
import chat.chatto.storage.jetstream.NatsServerExtension;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpRequest.BodyPublishers;

class StaticFilesIT {

    @RegisterExtension static final NatsServerExtension nats = new NatsServerExtension();

    private static final String ASSET = "/assets/app-1a2b3c.js";

    private static TestServer server;

    @BeforeAll
    static void start() throws InterruptedException {
        server = TestServer.start(nats);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/index.html", "/setup", "/rooms/R123", "/rooms/R123/threads/7"})
    void answersTheClientsOwnAddressesWithItsPage(String path) {
        Reply reply = server.client().get(path);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text()).contains("<title>test</title>");
        assertThat(reply.header("content-type")).contains("text/html; charset=utf-8");
        assertThat(reply.header("cache-control")).contains("no-cache");
        assertThat(reply.header("content-security-policy").orElseThrow())
                .contains("default-src 'self'", "object-src 'none'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(reply.header("x-content-type-options")).contains("nosniff");
        assertThat(reply.header("cross-origin-opener-policy")).contains("same-origin");
        assertThat(reply.header("strict-transport-security")).isEmpty();
    }

    @Test
    void letsBrowsersKeepFilesForEver() {
        Reply reply = server.client().get(ASSET);

        assertThat(reply.text()).contains("console.log");
        assertThat(reply.header("content-type")).contains("text/javascript; charset=utf-8");
        assertThat(reply.header("cache-control").orElseThrow()).contains("immutable");
    }

    @Test
    void sendsWhatIsCompressedAlready() {
        Reply reply = server.client().with("Accept-Encoding", "gzip").get(ASSET);

        assertThat(reply.header("content-encoding")).contains("gzip");
        assertThat(reply.header("vary")).contains("Accept-Encoding");
    }

    @Test
    void doesNotSendWhatTheBrowserHas() {
        String tag = server.client().get("/robots.txt").header("etag").orElseThrow();

        Reply again = server.client().with("If-None-Match", tag).get("/robots.txt");

        assertThat(again.status()).isEqualTo(304);
        assertThat(again.raw().body()).isEmpty();
    }

    @Test
    void answersHead() {
        Reply reply = server.client().send("HEAD", ASSET, BodyPublishers.noBody());

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.raw().body()).isEmpty();
        assertThat(reply.header("content-length")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/assets/gone.js",
                "/missing.png",
                "/assets/../../HttpServer.class",
                "/..%2f..%2fHttpServer.class",
                "/assets/%2e%2e/robots.txt",
                "/.hidden.txt"
            })
    void findsNothingOutsideItsFolder(String path) {
        assertThat(server.client().get(path).status()).isEqualTo(404);
    }

    @Test
    void takesNoOtherMethods() {
        Reply reply = server.client().post("/setup", "{}");

        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.header("allow")).contains("GET, HEAD");
    }
}
