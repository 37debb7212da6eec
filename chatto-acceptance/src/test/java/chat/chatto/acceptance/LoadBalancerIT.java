package chat.chatto.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.chatto.acceptance.client.Feed;
import chat.chatto.acceptance.client.Keys;
import chat.chatto.acceptance.client.Listener;
import chat.chatto.acceptance.client.Person;
import chat.chatto.acceptance.client.RawConnection;
import chat.chatto.acceptance.client.Reply;
import chat.chatto.acceptance.client.Said;
import chat.chatto.acceptance.server.ChattoServer;
import chat.chatto.acceptance.server.Proxy;
import chat.chatto.storage.jetstream.NatsServerExtension;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Two servers behind a real load balancer, with the configuration of the distribution: people do not notice that servers come and go. */
class LoadBalancerIT {

    private static final Logger log = LoggerFactory.getLogger(LoadBalancerIT.class);

    private static final int POSTERS = 8;
    private static final int LISTENERS = 4;
    private static final Duration PACE = Duration.ofMillis(20);

    /** Between two changes, so that each of them meets people who talk. */
    private static final int POSTS_BETWEEN = 400;

    private static final int SOCKETS = 10;

    /** By then a load balancer knows that no server is ready. */
    private static final Duration NOTICED = Duration.ofSeconds(4);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension static final NatsServerExtension nats = new NatsServerExtension();
    @TempDir static Path directory;
    @TempDir Path proxyDirectory;

    private static List<ChattoServer> servers;

    private final List<Poster> posters = new ArrayList<>();
    private final List<Listener> listeners = new ArrayList<>();

    @BeforeAll
    static void configureServers() {
        Map<String, String> environment =
                Map.of(
                        "CHATTO_NATS_CLIENT_URL",
                        nats.url(),
                        "CHATTO_CORE_SECRET_KEY",
                        "0123456789abcdef".repeat(4),
                        "CHATTO_WEBSERVER_TRUSTED_PROXIES",
                        "127.0.0.1",
                        "CHATTO_WEBSERVER_REQUEST_LOGGING",
                        "true");
        servers =
                List.of(
                        ChattoServer.configured(directory, environment),
                        ChattoServer.configured(directory, environment));
    }

    @BeforeEach
    void startServers() {
        servers.stream().filter(server -> !server.isRunning()).forEach(ChattoServer::begin);
        servers.forEach(ChattoServer::awaitReady);
    }

    @AfterEach
    void stopPeople() {
        posters.forEach(Poster::finish);
        listeners.forEach(Listener::close);
    }

    @AfterAll
    static void stopServers() {
        List<ChattoServer> running = servers.stream().filter(ChattoServer::isRunning).toList();
        running.forEach(ChattoServer::askToStop);
        assertThat(running).allSatisfy(server -> assertThat(server.awaitStop()).isZero());
    }

    @ParameterizedTest
    @EnumSource
    void answersEveryPostAndTellsEveryEventWhileServersAreReplacedOneByOne(Proxy.Kind kind) {
        try (Proxy proxy = start(kind)) {
            Conversation conversation = talk(proxy, kind + " rolls");

            for (ChattoServer server : servers) {
                awaitPosts();
                assertThat(server.terminate()).isZero();
                server.start();
            }
            awaitPosts();
            List<Said> acknowledged = finish(kind + " rolling restart");

            assertThat(posters).extracting(Poster::repetitions).containsOnly(0);
            assertThat(listeners)
                    .allSatisfy(
                            listener ->
                                    assertThat(listener.endings())
                                            .isNotEmpty()
                                            .containsOnly("draining"));
            assertEverybodyHeard(conversation, acknowledged);
        }
    }

    @ParameterizedTest
    @EnumSource
    void carriesOnWithinThreeSecondsWhenAServerDies(Proxy.Kind kind) {
        try (Proxy proxy = start(kind)) {
            Conversation conversation = talk(proxy, kind + " kills");

            awaitPosts();
            servers.getFirst().kill();
            awaitPosts();
            servers.getFirst().start();
            awaitPosts();
            List<Said> acknowledged = finish(kind + " kill -9");

            assertThat(posters)
                    .extracting(Poster::longest)
                    .allSatisfy(longest -> assertThat(longest).isLessThan(Duration.ofSeconds(3)));
            assertEverybodyHeard(conversation, acknowledged);
        }
    }

    @ParameterizedTest
    @EnumSource
    void opensSocketsElsewhereWhileAServerStops(Proxy.Kind kind) {
        try (Proxy proxy = start(kind)) {
            Person ada = Person.register(proxy.uri(), "moving." + kind);
            ChattoServer stopping = servers.getFirst();

            stopping.askToStop();
            await().until(() -> !stopping.isReady());

            for (int attempt = 0; attempt < SOCKETS; attempt++) {
                try (Feed feed = Feed.of(ada)) {
                    await().atMost(PATIENCE).until(feed::isReady);
                }
            }
            assertThat(stopping.awaitStop()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void letsTheServersExplainThatStorageIsAway(Proxy.Kind kind) {
        try (Proxy proxy = start(kind)) {
            Person ada = Person.register(proxy.uri(), "patient." + kind);
            String room = ada.createRoom("patience " + kind);
            ada.say(room, "before", Keys.next()).orFail();

            nats.kill();
            await().until(() -> servers.stream().noneMatch(ChattoServer::isReady));

            await("memory to be shown all the time")
                    .during(NOTICED)
                    .atMost(NOTICED.plusSeconds(1))
                    .until(() -> ada.get("/me").succeeded());
            Reply refused = ada.say(room, "meanwhile", Keys.next());
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.json().get("type").getAsString())
                    .isEqualTo("urn:chatto:problem:unavailable");

            nats.restart();
            UUID key = Keys.next();
            await().atMost(PATIENCE).until(() -> ada.say(room, "after", key).succeeded());
        }
    }

    @ParameterizedTest
    @EnumSource
    void tellsServersWhoAsksAndNotWhatTheyPretend(Proxy.Kind kind) {
        String address = kind == Proxy.Kind.NGINX ? "127.0.0.7" : "127.0.0.8";
        try (Proxy proxy = start(kind);
                RawConnection connection = RawConnection.to(proxy.uri(), address)) {
            connection.sendLines(
                    "GET /api/v1/server HTTP/1.1",
                    "Host: chat.example.org",
                    "X-Forwarded-For: 203.0.113.9",
                    "");

            assertThat(connection.answer()).startsWith("HTTP/1.1 200");
            await().atMost(PATIENCE).until(() -> logs().contains(address));
            assertThat(logs()).doesNotContain("203.0.113.9");
        }
    }

    @ParameterizedTest
    @EnumSource
    void boundsWhatIsSent(Proxy.Kind kind) {
        try (Proxy proxy = start(kind);
                RawConnection connection = RawConnection.to(proxy.uri())) {
            connection.sendLines(
                    "POST /api/v1/auth/login HTTP/1.1",
                    "Host: chat.example.org",
                    "Content-Type: application/json",
                    "Content-Length: 50000000",
                    "");

            assertThat(connection.answer()).startsWith("HTTP/1.1 413");
        }
    }

    private String logs() {
        return servers.getFirst().log() + servers.getLast().log();
    }

    private Proxy start(Proxy.Kind kind) {
        return Proxy.start(kind, proxyDirectory, servers.stream().map(ChattoServer::uri).toList());
    }

    private record Conversation(String room, Person member) {}

    /** Has people post and others listen, all through the load balancer. */
    private Conversation talk(Proxy proxy, String name) {
        String prefix = name.toLowerCase(Locale.ROOT).replace(' ', '.') + ".";
        List<Person> people =
                IntStream.range(0, POSTERS + LISTENERS)
                        .mapToObj(index -> Person.register(proxy.uri(), prefix + index))
                        .toList();
        String room = people.getFirst().createRoom(name);
        people.forEach(person -> person.join(room));
        for (Person person : people.subList(POSTERS, people.size())) {
            listeners.add(Listener.start(person, room));
        }
        await("the listeners")
                .atMost(PATIENCE)
                .until(() -> listeners.stream().allMatch(Listener::isReady));
        for (Person person : people.subList(0, POSTERS)) {
            posters.add(Poster.start(person, List.of(room), PACE));
        }
        return new Conversation(room, people.getFirst());
    }

    private void awaitPosts() {
        long goal = sum() + POSTS_BETWEEN;
        await("posts to be acknowledged").atMost(PATIENCE).until(() -> sum() >= goal);
    }

    private long sum() {
        return posters.stream().mapToLong(Poster::count).sum();
    }

    private List<Said> finish(String what) {
        List<Said> acknowledged =
                posters.stream()
                        .flatMap(poster -> poster.finish().stream())
                        .map(Poster.Acknowledged::said)
                        .sorted(Comparator.comparingLong(Said::ordinal))
                        .toList();
        log.info(
                "{}: {} posts, {} repeated by clients, the slowest took {} ms",
                what,
                acknowledged.size(),
                posters.stream().mapToInt(Poster::repetitions).sum(),
                posters.stream().mapToLong(poster -> poster.longest().toMillis()).max().orElse(0));
        listeners.forEach(
                listener ->
                        log.info(
                                "{}: a listener's connections ended {}, {} attempts failed",
                                what,
                                listener.endings(),
                                listener.refusals()));
        return acknowledged;
    }

    /** Nothing was lost or doubled, neither in the room nor on the way to those who listened. */
    private void assertEverybodyHeard(Conversation conversation, List<Said> acknowledged) {
        assertThat(acknowledged)
                .extracting(Said::ordinal)
                .containsExactlyElementsOf(
                        LongStream.range(0, acknowledged.size()).boxed().toList());
        assertThat(conversation.member().everything(conversation.room())).isEqualTo(acknowledged);
        for (Listener listener : listeners) {
            await("a listener to hear the last message")
                    .atMost(PATIENCE)
                    .until(() -> listener.heard().size() >= acknowledged.size());
            assertThat(listener.heard()).isEqualTo(acknowledged);
            assertThat(listener.reloads()).isZero();
        }
    }
}
