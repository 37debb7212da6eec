package chat.chatto.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.chatto.launcher.config.NatsConfig;
import chat.chatto.launcher.config.Secret;
import chat.chatto.launcher.config.SyncInterval;
import chat.chatto.launcher.nats.DataDirectory;
import chat.chatto.launcher.nats.EmbeddedNats;
import chat.chatto.launcher.nats.NatsBinary;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The whole program as a process of its own. */
class ServeIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir Path directory;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void endProcesses() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void servesUntilItIsToldToStop() throws Exception {
        Process server = serve();
        BufferedReader output = server.inputReader();
        URI address = addressIn(output.readLine());
        assertThat(output.readLine()).contains("no owner yet").contains(address + "/setup#");

        assertThat(status(address.resolve("/readyz"))).isEqualTo(200);
        List<ProcessHandle> children = server.descendants().toList();
        server.toHandle().destroy();

        assertThat(server.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(server.exitValue()).isZero();
        assertThat(children).isNotEmpty();
        // The shell that watches over nats-server notices the end of Chatto a moment later.
        await().untilAsserted(() -> assertThat(children).noneMatch(ProcessHandle::isAlive));
    }

    @Test
    void comesBackWithItsDataAfterBeingKilled() throws Exception {
        Process killed = serve();
        addressIn(killed.inputReader().readLine());
        String link = killed.inputReader().readLine();
        List<ProcessHandle> children = killed.descendants().toList();

        killed.destroyForcibly().waitFor();

        Process next = serve();
        addressIn(next.inputReader().readLine());
        // The link depends on the secret that is kept with the data.
        assertThat(next.inputReader().readLine()).endsWith(link.substring(link.indexOf("/setup#")));
        await().atMost(LIMIT).until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
    }

    @Test
    void refusesADataDirectoryThatIsInUse() throws Exception {
        addressIn(serve().inputReader().readLine());

        Process second = start(ProcessBuilder.Redirect.PIPE, Map.of());

        assertThat(second.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(second.exitValue()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(second.errorReader().lines())
                .anyMatch(line -> line.contains("in use by another Chatto"));
    }

    @Test
    void keepsItsDataFromOtherUsers() throws Exception {
        addressIn(serve().inputReader().readLine());

        try (Stream<Path> files = Files.list(directory.resolve("data"))) {
            assertThat(files).isNotEmpty();
        }
        assertThat(Files.getPosixFilePermissions(directory.resolve("data"))).hasSize(3);
    }

    @Test
    void waitsForAClusterThatStartsLater() throws Exception {
        int port = freePort();
        Secret token = Secret.random();
        Process server =
                start(
                        ProcessBuilder.Redirect.PIPE,
                        Map.of("CHATTO_CORE_SECRET_KEY", Secret.random().value()),
                        "--nats-url",
                        "nats://127.0.0.1:" + port,
                        "--nats-token",
                        token.value());
        BufferedReader errors = server.errorReader();
        assertThat(errors.readLine()).contains("Waiting for NATS at nats://127.0.0.1:" + port);

        NatsConfig.Embedded config =
                new NatsConfig.Embedded(
                        "127.0.0.1",
                        port,
                        0,
                        directory.resolve("cluster"),
                        Optional.of(token),
                        Optional.empty(),
                        SyncInterval.ALWAYS,
                        1);
        Path binary = new NatsBinary(Optional.empty(), System.getenv()).find(Optional.empty());
        try (DataDirectory cluster = DataDirectory.open(config.dataDirectory());
                EmbeddedNats nats = EmbeddedNats.start(cluster, config, binary)) {
            assertThat(nats.url()).endsWith(":" + port);
            URI address = addressIn(server.inputReader().readLine());
            assertThat(status(address.resolve("/readyz"))).isEqualTo(200);
            server.toHandle().destroy();
            assertThat(server.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(server.exitValue()).isZero();
        }
    }

    private Process serve() throws Exception {
        return start(ProcessBuilder.Redirect.INHERIT, Map.of());
    }

    private Process start(
            ProcessBuilder.Redirect errors, Map<String, String> variables, String... flags)
            throws Exception {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                // Google Guice uses it, and a warning about that would be the first
                                // line.
                                "--sun-misc-unsafe-memory-access=allow",
                                "--enable-native-access=ALL-UNNAMED",
                                Main.class.getName(),
                                "serve",
                                "--port",
                                "0",
                                "--data-dir",
                                directory.resolve("data").toString()));
        command.addAll(List.of(flags));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectError(errors);
        builder.environment().putAll(variables);
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static URI addressIn(String line) {
        assertThat(line).startsWith("Chatto is ready: http://localhost:");
        return URI.create(line.substring(line.indexOf("http")));
    }

    private static int status(URI address) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.discarding())
                    .statusCode();
        }
    }
}
