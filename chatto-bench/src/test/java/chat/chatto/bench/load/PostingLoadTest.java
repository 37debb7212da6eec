package chat.chatto.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import chat.chatto.bench.http.Target;

import com.sun.net.httpserver.HttpServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The driver against an HTTP server that behaves as told, to see whether it counts and times what happens. */
class PostingLoadTest {

    private static final List<Account> ACCOUNTS = List.of(new Account("U1", "poster", "token"));
    private static final List<String> ROOMS = List.of("room");

    private final ConcurrentLinkedQueue<String> keys = new ConcurrentLinkedQueue<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;
    private volatile Behaviour behaviour = _ -> 201;

    private interface Behaviour {
        int status(int request) throws InterruptedException;
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext(
                "/api/v1/rooms/room/messages",
                exchange -> {
                    exchange.getRequestBody().readAllBytes();
                    keys.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
                    byte[] answer = "{}".getBytes(StandardCharsets.UTF_8);
                    try {
                        exchange.sendResponseHeaders(
                                behaviour.status(requests.incrementAndGet()), answer.length);
                        exchange.getResponseBody().write(answer);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } finally {
                        exchange.close();
                    }
                });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void countsRefusalsByStatusAndNeverRepeatsThem() throws Exception {
        behaviour = request -> request % 4 == 0 ? 409 : request % 4 == 1 ? 503 : 201;

        LoadResult result =
                load(Duration.ofSeconds(10), Duration.ZERO, Duration.ofMillis(500))
                        .closedLoop(4, ROOMS);

        assertThat(result.outcomes()).containsOnlyKeys("201", "409", "503");
        assertThat(result.outcomes().values().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(requests.get());
        assertThat(result.latency().count()).isEqualTo(result.outcomes().get("201"));
        assertThat(keys)
                .doesNotHaveDuplicates()
                .allSatisfy(key -> assertThat(UUID.fromString(key).version()).isEqualTo(7));
    }

    @Test
    void countsAnAnswerThatDoesNotComeAsTimeout() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        behaviour =
                _ -> {
                    never.await();
                    return 201;
                };

        LoadResult result =
                load(Duration.ofMillis(200), Duration.ZERO, Duration.ofMillis(300))
                        .closedLoop(2, ROOMS);

        never.countDown();
        assertThat(result.outcomes()).containsOnlyKeys("timeout");
        assertThat(result.perSecond()).isZero();
    }

    @Test
    void leavesTheWarmUpOut() throws Exception {
        long begun = System.nanoTime();
        behaviour = _ -> System.nanoTime() - begun < Duration.ofMillis(300).toNanos() ? 500 : 201;

        LoadResult result =
                load(Duration.ofSeconds(10), Duration.ofSeconds(1), Duration.ofMillis(300))
                        .closedLoop(2, ROOMS);

        assertThat(result.outcomes()).containsOnlyKeys("201");
    }

    @Test
    void openLoopChargesAStallToEveryPostThatWasDueDuringIt() throws Exception {
        AtomicInteger stalls = new AtomicInteger();
        behaviour =
                request -> {
                    if (request == 1 && stalls.incrementAndGet() == 1) {
                        TimeUnit.MILLISECONDS.sleep(1_000);
                    }
                    return 201;
                };

        LoadResult result =
                load(Duration.ofSeconds(10), Duration.ZERO, Duration.ofSeconds(2))
                        .openLoop(100, 1, ROOMS);

        assertThat(result.latency().count()).isEqualTo(200);
        assertThat(result.latency().max())
                .as("the first waits for the whole stall")
                .isBetween(900.0, 1_500.0);
        assertThat(result.latency().p50())
                .as("about half of all were due during the stall")
                .isGreaterThan(1);
        assertThat(result.latency().p90())
                .as("a fifth of them waited more than half of it")
                .isGreaterThan(500);
    }

    @Test
    void openLoopKeepsItsRate() throws Exception {
        LoadResult result =
                load(Duration.ofSeconds(10), Duration.ofMillis(200), Duration.ofSeconds(1))
                        .openLoop(200, 8, ROOMS);

        assertThat(result.perSecond()).isCloseTo(200, within(50.0));
    }

    private PostingLoad load(Duration timeout, Duration warmUp, Duration length) {
        ChattoApi api =
                new ChattoApi(new Target("127.0.0.1", server.getAddress().getPort()), timeout);
        return new PostingLoad(api, ACCOUNTS, 100, warmUp, length, 1);
    }
}
