package chat.chatto.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.chatto.launcher.config.Secret;
import chat.chatto.storage.jetstream.NatsClusterExtension;
import chat.chatto.storage.jetstream.NatsServer;

import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.StreamInfo;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The guide to high availability, "Connecting Chatto to the cluster", followed to the letter, and what is said when it cannot be. */
class ConnectIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String TOKEN = "your-shared-token";

    /** One for all: what a test has stored stays in the cluster. */
    private static final String SECRET_KEY = Secret.random().value();

    @RegisterExtension
    static final NatsClusterExtension cluster =
            new NatsClusterExtension("authorization { token: \"" + TOKEN + "\" }");

    @TempDir Path directory;

    private final List<Process> started = new ArrayList<>();
    private final Map<String, String> guide = new HashMap<>();

    @BeforeEach
    void followTheGuide() {
        guide.put("CHATTO_NATS_EMBEDDED_ENABLED", "false");
        guide.put(
                "CHATTO_NATS_CLIENT_URL",
                cluster.servers().stream().map(NatsServer::url).collect(Collectors.joining(",")));
        guide.put("CHATTO_NATS_CLIENT_AUTH_METHOD", "token");
        guide.put("CHATTO_NATS_CLIENT_TOKEN", TOKEN);
        guide.put("CHATTO_NATS_REPLICAS", "3");
        guide.put("CHATTO_CORE_SECRET_KEY", SECRET_KEY);
    }

    @AfterEach
    void endProcesses() {
        started.forEach(Process::destroyForcibly);
        cluster.servers().stream().filter(server -> !server.running()).forEach(NatsServer::start);
    }

    @Test
    void replicatesEverythingAsTheGuideSays() throws Exception {
        Process server = serve();

        awaitSaid("Chatto is ready");
        Connection connection =
                Nats.connect(
                        Options.builder()
                                .server(cluster.servers().getFirst().url())
                                .token(TOKEN.toCharArray())
                                .build());
        List<StreamInfo> streams = new ArrayList<>();
        for (String name : connection.jetStreamManagement().getStreamNames()) {
            streams.add(connection.jetStreamManagement().getStreamInfo(name));
        }
        connection.close();
        assertThat(streams)
                .hasSizeGreaterThanOrEqualTo(10)
                .allSatisfy(
                        stream ->
                                assertThat(stream.getConfiguration().getReplicas())
                                        .as(stream.getConfiguration().getName())
                                        .isEqualTo(3));
        server.toHandle().destroy();
        assertThat(server.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(server.exitValue()).isZero();
    }

    @Test
    void endsWhenTheTokenIsWrong() throws Exception {
        guide.put("CHATTO_NATS_CLIENT_TOKEN", "another");

        Process server = serve();

        assertThat(server.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(server.exitValue()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(said())
                .contains("refuses the credentials: check nats.client.token")
                .doesNotContain("another", "Exception");
    }

    @Test
    void endsWhenTheNumberOfReplicasCannotBe() throws Exception {
        for (String replicas : List.of("2", "4", "seven")) {
            guide.put("CHATTO_NATS_REPLICAS", replicas);

            Process server = serve();

            assertThat(server.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(server.exitValue()).isEqualTo(ExitCode.CONFIG);
            assertThat(said())
                    .contains(
                            "CHATTO_NATS_REPLICAS: nats.replicas must be an odd number: 1, 3 or 5");
        }
    }

    @Test
    void waitsForAMajorityAndThenStarts() throws Exception {
        List<NatsServer> late = cluster.servers().subList(1, 3);
        late.forEach(NatsServer::stop);

        serve();

        awaitSaid("Waiting for NATS: JetStream does not answer; a majority");
        late.forEach(NatsServer::start);
        awaitSaid("Chatto is ready");
    }

    private void awaitSaid(String text) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(said()).contains(text));
    }

    private String said() throws IOException {
        return Files.readString(directory.resolve("log"));
    }

    private Process serve() throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                "--sun-misc-unsafe-memory-access=allow",
                                "--enable-native-access=ALL-UNNAMED",
                                Main.class.getName(),
                                "serve",
                                "--port",
                                "0")
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("log").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("CHATTO_"));
        builder.environment().putAll(guide);
        Process process = builder.start();
        started.add(process);
        return process;
    }
}
