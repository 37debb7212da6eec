package chat.chatto.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

class MainTest {

    @TempDir Path directory;

    private final StringWriter output = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "serve --help",
                "run --help",
                "init --help",
                "doctor --help",
                "version --help"
            })
    void helpsOnEveryLevel(String arguments) {
        assertThat(run(arguments.split(" "))).isEqualTo(ExitCode.OK);
        assertThat(output.toString()).startsWith("Usage: chatto");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "serv", "serve --prot 1", "serve --port", "doctor --monitor-url"})
    void refusesAWrongCommandLine(String arguments) {
        assertThat(run(arguments.isEmpty() ? new String[0] : arguments.split(" ")))
                .isEqualTo(ExitCode.USAGE);
        assertThat(errors.toString()).isNotBlank();
    }

    @Test
    void printsTheVersion() {
        assertThat(run("version")).isEqualTo(ExitCode.OK);
        assertThat(output.toString()).startsWith("chatto ");
    }

    @Test
    void refusesAWrongConfiguration() {
        assertThat(run("serve", "--nats-replicas", "2", "--port", "x")).isEqualTo(ExitCode.CONFIG);
        assertThat(errors.toString())
                .contains("chatto: --nats-replicas: nats.replicas must be an odd number")
                .contains("chatto: --port: webserver.port must be a whole number");
    }

    @Test
    void writesAConfigurationThatItsOwnerOnlyReadsAndThatCanBeUsed() throws IOException {
        Path file = directory.resolve("chatto.toml");

        assertThat(run("init", "--config", file.toString())).isEqualTo(ExitCode.OK);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file)).containsPattern("(?m)^secret_key = \"[0-9a-f]{64}\"$");
        // Everything else in it is right if this is the only problem.
        assertThat(run("serve", "--config", file.toString(), "--nats-replicas", "3"))
                .isEqualTo(ExitCode.CONFIG);
        assertThat(errors.toString().lines())
                .hasSize(1)
                .allMatch(line -> line.contains("embedded NATS is a single server"));
    }

    @Test
    void doesNotOverwriteAConfiguration() throws IOException {
        Path file = Files.writeString(directory.resolve("chatto.toml"), "mine");

        assertThat(run("init", "--config", file.toString())).isEqualTo(ExitCode.CANNOT_CREATE);

        assertThat(file).hasContent("mine");
        assertThat(errors.toString()).contains("exists already");
    }

    private int run(String... arguments) {
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(output, true)).setErr(new PrintWriter(errors, true));
        return commandLine.execute(arguments);
    }
}
