package chat.chatto.launcher.nats;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the nats-server program: as configured, in the distribution, in the cache that the build fills, on the path. The first two are
 * taken as they are; what lies around is checked to be new enough.
 */
public final class NatsBinary {

    private static final String NAME = "nats-server";
    private static final int[] MINIMUM = {2, 12};
    private static final Pattern VERSION = Pattern.compile("v(\\d+)\\.(\\d+)");
    private static final String HOW_TO_GET =
            "Install nats-server 2.12 or newer (https://nats.io/download) on the PATH, or name it"
                    + " with nats.embedded.server_path";

    private final Optional<Path> distribution;
    private final Map<String, String> environment;

    /**
     * @param distribution the directory that Chatto is installed in, if it is
     * @param environment for the path and the place of the cache
     */
    public NatsBinary(Optional<Path> distribution, Map<String, String> environment) {
        this.distribution = distribution;
        this.environment = Map.copyOf(environment);
    }

    /** @throws EmbeddedNatsException saying how to get one when there is none that will do */
    public Path find(Optional<Path> configured) {
        if (configured.isPresent()) {
            return requireNewEnough(configured.get(), "nats.embedded.server_path");
        }
        Optional<Path> bundled =
                distribution
                        .map(home -> home.resolve("bin").resolve(NAME))
                        .filter(Files::isExecutable);
        return bundled.or(this::cached)
                .or(this::onPath)
                .orElseThrow(
                        () -> new EmbeddedNatsException("no nats-server was found. " + HOW_TO_GET));
    }

    private Optional<Path> cached() {
        String version = pinnedVersion();
        Path cache =
                Optional.ofNullable(environment.get("XDG_CACHE_HOME"))
                        .filter(directory -> !directory.isEmpty())
                        .map(Path::of)
                        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"));
        return Optional.of(cache.resolve("chatto").resolve(NAME + "-" + version).resolve(NAME))
                .filter(Files::isExecutable);
    }

    private Optional<Path> onPath() {
        return directoriesOnPath()
                .map(directory -> directory.resolve(NAME))
                .filter(Files::isExecutable)
                .findFirst()
                .map(found -> requireNewEnough(found, "the PATH"));
    }

    private Stream<Path> directoriesOnPath() {
        String path = environment.getOrDefault("PATH", "");
        return Arrays.stream(path.split(Pattern.quote(File.pathSeparator), -1))
                .filter(part -> !part.isEmpty())
                .map(Path::of);
    }

    private static Path requireNewEnough(Path binary, String source) {
        String version = versionOf(binary, source);
        Matcher numbers = VERSION.matcher(version);
        if (!numbers.find()) {
            throw new EmbeddedNatsException(
                    binary
                            + " (from "
                            + source
                            + ") is not a nats-server: it says \""
                            + version
                            + "\". "
                            + HOW_TO_GET);
        }
        int[] found = {Integer.parseInt(numbers.group(1)), Integer.parseInt(numbers.group(2))};
        if (Arrays.compare(found, MINIMUM) < 0) {
            throw new EmbeddedNatsException(
                    binary + " (from " + source + ") is too old: " + version + ". " + HOW_TO_GET);
        }
        return binary;
    }

    private static String versionOf(Path binary, String source) {
        try {
            Process process =
                    new ProcessBuilder(List.of(binary.toString(), "--version"))
                            .redirectErrorStream(true)
                            .start();
            process.getOutputStream().close();
            String output =
                    new String(process.getInputStream().readNBytes(200), StandardCharsets.UTF_8);
            process.destroy();
            return output.strip();
        } catch (IOException e) {
            throw new EmbeddedNatsException(
                    binary
                            + " (from "
                            + source
                            + ") cannot be run: "
                            + e.getMessage()
                            + ". "
                            + HOW_TO_GET,
                    e);
        }
    }

    /** The version that the build provides, see build/nats-server. */
    private static String pinnedVersion() {
        return Resources.text("/chat/chatto/launcher/nats/nats-server.version").strip();
    }
}
