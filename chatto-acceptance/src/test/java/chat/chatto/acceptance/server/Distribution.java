package chat.chatto.acceptance.server;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** The product as it is delivered, in its directory. */
public final class Distribution {

    private static final int PATIENCE_SECONDS = 60;

    private Distribution() {}

    /** How a command ended, and what it said on both of its outputs. */
    public record Outcome(int exitCode, String output) {}

    /** Runs {@code chatto ARGUMENTS} in a directory and waits until it ends by itself. */
    public static Outcome run(
            Path directory, Map<String, String> environment, String... arguments) {
        try {
            Path log = Files.createTempFile(directory, "output-", ".log");
            Process process = start(directory, environment, log, List.of(arguments));
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                throw new AssertionError(
                        "chatto did not end by itself. It said:\n" + Files.readString(log));
            }
            return new Outcome(process.exitValue(), Files.readString(log));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("Interrupted while chatto runs", e);
        }
    }

    /** The nats-server that comes with the product. */
    public static Path natsServer() {
        return home().resolve("bin/nats-server");
    }

    /** Starts the script, which becomes the server's process: what is done to the one is done to the other. */
    static Process start(
            Path directory, Map<String, String> environment, Path log, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(home().resolve("bin/chatto").toString());
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(directory.toFile())
                        .redirectInput(new File("/dev/null"))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        // The settings of whoever runs the tests are not the tests'.
        builder.environment().keySet().removeIf(name -> name.startsWith("CHATTO_"));
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("The distribution in " + home() + " is not built", e);
        }
    }

    /** A file of the distribution, by its path in it. */
    public static Path file(String path) {
        Path file = home().resolve(path);
        if (Files.notExists(file)) {
            throw new AssertionError("The distribution lacks " + path);
        }
        return file;
    }

    /** The directory that the distribution is in. */
    public static Path home() {
        return Path.of(Objects.requireNonNull(System.getProperty("chatto.home"), "chatto.home"))
                .normalize();
    }
}
