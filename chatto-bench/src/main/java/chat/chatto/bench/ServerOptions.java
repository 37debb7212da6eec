package chat.chatto.bench;

import chat.chatto.bench.process.Stage;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Path;

/** For commands that start a server of their own. */
final class ServerOptions {

    @Option(
            names = "--launcher",
            paramLabel = "FILE",
            required = true,
            description = "The distribution's bin/chatto.")
    private Path launcher = Path.of("");

    @Option(
            names = "--work-dir",
            paramLabel = "DIR",
            description =
                    "Where the server's data goes (default: a temporary directory, deleted at the"
                            + " end).")
    private @Nullable Path workDirectory;

    Stage stage() throws IOException {
        return Stage.in(launcher, workDirectory);
    }
}
