package chat.chatto.launcher.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import chat.chatto.launcher.config.LogConfig;
import chat.chatto.launcher.config.NatsConfig;
import chat.chatto.launcher.config.Secret;
import chat.chatto.launcher.config.SyncInterval;
import chat.chatto.launcher.log.Logging;

import io.nats.client.Connection;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

// The NATS client declares InterruptedException on close().
@SuppressWarnings("try")
class EmbeddedNatsIT {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    static final Path BINARY =
            new NatsBinary(Optional.empty(), System.getenv())
                    .find(
                            Optional.ofNullable(System.getenv("NATS_SERVER_PATH"))
                                    .filter(path -> !path.isEmpty())
                                    .map(Path::of));

    @TempDir Path temporary;

    @Test
    void startsAndKeepsDataOverACrashOnTheSamePort() throws Exception {
        try (DataDirectory directory = DataDirectory.open(temporary.resolve("data"));
                EmbeddedNats nats =
                        EmbeddedNats.start(directory, config(directory.path()), BINARY);
                Connection client = connect(nats)) {
            JetStreamManagement management = client.jetStreamManagement();
            management.addStream(
                    StreamConfiguration.builder()
                            .name("KEPT")
                            .subjects("kept")
                            .storageType(StorageType.File)
                            .build());
            client.jetStream().publish("kept", new byte[] {1});
            String url = nats.url();
            ProcessHandle first = server(directory);

            first.destroyForcibly();

            await().atMost(LIMIT).ignoreExceptions().until(() -> server(directory).isAlive());
            await().atMost(LIMIT)
                    .ignoreExceptions()
                    .until(
                            () ->
                                    management.getStreamInfo("KEPT").getStreamState().getMsgCount()
                                            == 1);
            assertThat(nats.url()).isEqualTo(url);
        }
    }

    @Test
    void stopsItsServerOnClose() throws Exception {
        ProcessHandle server;
        try (DataDirectory directory = DataDirectory.open(temporary);
                EmbeddedNats nats = EmbeddedNats.start(directory, config(temporary), BINARY)) {
            assertThat(nats.url()).startsWith("nats://127.0.0.1:");
            server = server(directory);
        }

        assertThat(server.isAlive()).isFalse();
    }

    @Test
    void keepsTheTokenFromOtherUsers() throws Exception {
        try (DataDirectory directory = DataDirectory.open(temporary.resolve("data"));
                EmbeddedNats nats =
                        EmbeddedNats.start(directory, config(directory.path()), BINARY)) {
            Path file = new ServerFiles(directory.path()).configuration();

            assertThat(file).content().contains(nats.token().value());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void refusesASecondServerOnOneDirectory() {
        try (DataDirectory directory = DataDirectory.open(temporary)) {
            assertThat(directory.path()).isEqualTo(temporary);

            assertThatThrownBy(() -> DataDirectory.open(temporary))
                    .isInstanceOf(EmbeddedNatsException.class)
                    .hasMessageContaining("in use by another Chatto")
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
        }
    }

    @Test
    void saysWhyTheServerDoesNotStart() throws Exception {
        try (DataDirectory directory = DataDirectory.open(temporary);
                EmbeddedNats first = EmbeddedNats.start(directory, config(temporary), BINARY);
                DataDirectory other = DataDirectory.open(temporary.resolve("other"))) {
            int taken = Integer.parseInt(first.url().replaceAll(".*:", ""));

            assertThatThrownBy(() -> EmbeddedNats.start(other, config(other.path(), taken), BINARY))
                    .isInstanceOf(EmbeddedNatsException.class)
                    .hasMessageContaining("address already in use");
        }
    }

    @Test
    void leavesNoOrphanWhenItsProcessIsKilled() throws Exception {
        Process killed = startInAnotherProcess(temporary);
        ProcessHandle server =
                ProcessHandle.of(
                                Files.readString(new ServerFiles(temporary).pid())
                                        .transform(text -> Long.parseLong(text.strip())))
                        .orElseThrow();
        assertThat(server.isAlive()).isTrue();

        killed.destroyForcibly().waitFor();

        await().atMost(LIMIT).until(() -> !server.isAlive());
    }

    @Test
    void takesADirectoryOverFromAKilledProcess() throws Exception {
        startInAnotherProcess(temporary).destroyForcibly().waitFor();

        try (DataDirectory directory = DataDirectory.open(temporary);
                EmbeddedNats nats = EmbeddedNats.start(directory, config(temporary), BINARY);
                Connection client = connect(nats)) {
            assertThat(client.getStatus()).isEqualTo(Connection.Status.CONNECTED);
        }
    }

    @Test
    void stopsALeftoverServer() throws Exception {
        try (DataDirectory directory = DataDirectory.open(temporary)) {
            ServerFiles files = new ServerFiles(directory.path());
            files.write(config(temporary), "leftover", 0, Secret.random());
            Process leftover =
                    new ProcessBuilder(
                                    BINARY.toString(),
                                    "--config",
                                    files.configuration().toString(),
                                    "--port",
                                    "-1")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            await().atMost(LIMIT).until(() -> Files.exists(files.pid()));

            try (EmbeddedNats nats = EmbeddedNats.start(directory, config(temporary), BINARY)) {
                assertThat(nats.url()).isNotEmpty();
                assertThat(leftover.isAlive()).isFalse();
            }
        }
    }

    @Test
    void doesNotTouchAnUnrelatedProcessWithTheNumberOfALeftover() throws Exception {
        Process unrelated = new ProcessBuilder("sleep", "60").start();
        try (DataDirectory directory = DataDirectory.open(temporary)) {
            ServerFiles files = new ServerFiles(temporary);
            Files.createDirectories(files.pid().getParent());
            Files.writeString(files.pid(), unrelated.pid() + "\n");

            try (EmbeddedNats nats = EmbeddedNats.start(directory, config(temporary), BINARY)) {
                assertThat(nats.url()).isNotEmpty();
                assertThat(unrelated.isAlive()).isTrue();
            }
        } finally {
            unrelated.destroy();
        }
    }

    /** A process of its own that runs an embedded NATS until it is killed. */
    private static Process startInAnotherProcess(Path directory) throws Exception {
        Process process =
                new ProcessBuilder(
                                List.of(
                                        ProcessHandle.current().info().command().orElseThrow(),
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        Holder.class.getName(),
                                        directory.toString()))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        BufferedReader output = process.inputReader();
        assertThat(output.readLine()).isEqualTo("ready");
        return process;
    }

    /** The program of that process. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws Exception {
            Logging.configure(LogConfig.DEFAULT);
            Path path = Path.of(arguments[0]);
            try (DataDirectory directory = DataDirectory.open(path);
                    EmbeddedNats nats = EmbeddedNats.start(directory, config(path), BINARY)) {
                System.out.println(nats.url().isEmpty() ? "" : "ready");
                // Until it is killed; should the test end first, its end of the pipe closes.
                System.in.read();
            }
        }
    }

    private static ProcessHandle server(DataDirectory directory) throws Exception {
        long pid =
                Long.parseLong(Files.readString(new ServerFiles(directory.path()).pid()).strip());
        return ProcessHandle.of(pid).orElseThrow();
    }

    private static Connection connect(EmbeddedNats nats) throws Exception {
        return Nats.connect(
                Options.builder()
                        .server(nats.url())
                        .token(nats.token().value().toCharArray())
                        .maxReconnects(-1)
                        .build());
    }

    private static NatsConfig.Embedded config(Path directory) {
        return config(directory, 0);
    }

    private static NatsConfig.Embedded config(Path directory, int port) {
        return new NatsConfig.Embedded(
                "127.0.0.1",
                port,
                0,
                directory,
                Optional.empty(),
                Optional.empty(),
                SyncInterval.ALWAYS,
                1);
    }
}
