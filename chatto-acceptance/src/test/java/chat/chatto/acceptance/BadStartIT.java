package chat.chatto.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import chat.chatto.acceptance.server.ChattoServer;
import chat.chatto.acceptance.server.Distribution;
import chat.chatto.acceptance.server.Ports;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A server that cannot run says why in one line, ends with a telling exit code, and leaves nothing running. */
class BadStartIT {

    private static final int USAGE = 2;
    private static final int UNAVAILABLE = 69;
    private static final int CONFIG = 78;

    @TempDir Path directory;

    @Test
    void namesThePortThatIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress(InetAddress.getByName("0.0.0.0"), Ports.free()));
            String port = Integer.toString(taken.getLocalPort());

            var outcome =
                    Distribution.run(
                            directory, Map.of(), "serve", "--port", port, "--data-dir", "data");

            assertRefused(outcome, UNAVAILABLE, port);
        }
    }

    @Test
    void namesTheDataDirectoryThatAnotherServerUses() {
        try (ChattoServer server = ChattoServer.embedded(directory).start()) {
            String data = server.dataDirectory().toString();

            var outcome =
                    Distribution.run(
                            directory,
                            Map.of(),
                            "serve",
                            "--port",
                            Integer.toString(Ports.free()),
                            "--data-dir",
                            data);

            assertRefused(outcome, UNAVAILABLE, data, "in use");
            assertThat(server.isReady()).isTrue();
        }
    }

    @Test
    void refusesTheSecretThatTheDataWasNotWrittenWith() {
        try (ChattoServer server = ChattoServer.embedded(directory).start()) {
            assertThat(server.terminate()).isZero();
            String data = server.dataDirectory().toString();

            var outcome =
                    Distribution.run(
                            directory,
                            Map.of("CHATTO_CORE_SECRET_KEY", "another".repeat(8)),
                            "serve",
                            "--port",
                            Integer.toString(Ports.free()),
                            "--data-dir",
                            data);

            assertRefused(outcome, UNAVAILABLE, "core.secret_key");
        }
    }

    @Test
    void namesTheFileAndLineOfAnUnknownKey() throws IOException {
        Files.writeString(directory.resolve("chatto.toml"), "[webserver]\nprot = 4000\n");

        var outcome = Distribution.run(directory, Map.of(), "serve");

        assertRefused(outcome, CONFIG, "chatto.toml:2", "webserver.prot");
    }

    @Test
    void refusesAnUnknownOption() {
        var outcome = Distribution.run(directory, Map.of(), "serve", "--prot", "4000");

        assertThat(outcome.exitCode()).isEqualTo(USAGE);
        assertThat(outcome.output().lines().findFirst().orElse("")).contains("--prot");
    }

    @Test
    void needsASecretOfItsOperatorForAForeignNats() {
        var outcome =
                Distribution.run(
                        directory,
                        Map.of(),
                        "serve",
                        "--nats-url",
                        "nats://127.0.0.1:" + Ports.free());

        assertRefused(outcome, CONFIG, "core.secret_key");
    }

    private static void assertRefused(
            Distribution.Outcome outcome, int exitCode, String... mentioned) {
        assertThat(outcome.exitCode()).as(outcome.output()).isEqualTo(exitCode);
        assertThat(outcome.output().lines())
                .filteredOn(line -> line.startsWith("chatto: "))
                .singleElement()
                .asString()
                .contains(mentioned);
        assertThat(outcome.output()).doesNotContain("Exception", "\tat ");
    }
}
