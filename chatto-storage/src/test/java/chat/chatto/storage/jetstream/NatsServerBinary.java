package chat.chatto.storage.jetstream;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the nats-server that tests run against. */
final class NatsServerBinary {

    private static final String VERSION_FILE = "build/nats-server.version";

    private NatsServerBinary() {}

    static Path find() {
        return Stream.<Optional<Path>>of(configured(), cached(), onPath())
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "No nats-server "
                                                + version()
                                                + " found: run build/nats-server, or name one in"
                                                + " CHATTO_NATS_SERVER, or put one on the PATH"));
    }

    /** The one version that the product is built and tested with. */
    static String version() {
        for (Path directory = Path.of("").toAbsolutePath();
                directory != null;
                directory = directory.getParent()) {
            Path file = directory.resolve(VERSION_FILE);
            if (Files.isRegularFile(file)) {
                try {
                    return Files.readString(file).strip();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        throw new IllegalStateException(
                "No " + VERSION_FILE + " above " + Path.of("").toAbsolutePath());
    }

    private static Optional<Path> configured() {
        return environment("CHATTO_NATS_SERVER").map(Path::of).filter(Files::isExecutable);
    }

    private static Optional<Path> cached() {
        Path cache =
                environment("XDG_CACHE_HOME")
                        .map(Path::of)
                        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"));
        return Optional.of(cache.resolve("chatto/nats-server-" + version() + "/nats-server"))
                .filter(Files::isExecutable);
    }

    private static Optional<Path> onPath() {
        return environment("PATH").stream()
                .flatMap(path -> Stream.of(path.split(File.pathSeparator)))
                .map(directory -> Path.of(directory, "nats-server"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Optional<String> environment(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
    }
}
