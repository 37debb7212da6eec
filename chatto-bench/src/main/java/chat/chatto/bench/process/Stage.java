package chat.chatto.bench.process;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A data directory with secrets, on which the distribution's server is started as often as needed. Its embedded nats-server listens
 * on a port and with a token that this program knows, so that it can be used directly as well.
 */
public final class Stage implements AutoCloseable {

    private static final int SECRET_BYTES = 32;

    private final Path launcher;
    private final Path directory;
    private final boolean temporary;
    private final int natsPort;
    private final String natsToken = secret();
    private final String secretKey = secret();

    private Stage(Path launcher, Path directory, boolean temporary) throws IOException {
        this.launcher = launcher.toAbsolutePath();
        this.directory = directory;
        this.temporary = temporary;
        this.natsPort = ChattoServer.freePort();
    }

    /**
     * Prepares a stage; nothing is started yet.
     *
     * @param directory where the data goes, or null for a temporary directory
     */
    public static Stage in(Path launcher, @Nullable Path directory) throws IOException {
        if (!Files.isExecutable(launcher)) {
            throw new IOException("there is no launcher to execute at " + launcher);
        }
        return directory == null
                ? new Stage(launcher, Files.createTempDirectory("chatto-bench"), true)
                : new Stage(launcher, Files.createDirectories(directory), false);
    }

    /** How the server makes its writes durable. */
    public enum Durability {
        /** As shipped. */
        SHIPPED,
        /** Left to the operating system: for preparing, not for measuring. */
        RELAXED
    }

    /** Starts the server and waits until it is ready. */
    public ChattoServer start(Durability durability) throws IOException {
        return start(durability, Map.of());
    }

    /** As {@link #start(Durability)}, with something switched off that is on otherwise. */
    public ChattoServer without(Durability durability, String part) throws IOException {
        return start(
                durability,
                Map.of("CHATTO_" + part.toUpperCase(Locale.ROOT) + "_ENABLED", "false"));
    }

    /** As {@link #start(Durability)}, with more in its environment. */
    public ChattoServer start(Durability durability, Map<String, String> more) throws IOException {
        Map<String, String> environment =
                new HashMap<>(
                        Map.of(
                                "CHATTO_NATS_EMBEDDED_PORT", Integer.toString(natsPort),
                                "CHATTO_NATS_EMBEDDED_AUTH_TOKEN", natsToken,
                                "CHATTO_CORE_SECRET_KEY", secretKey));
        environment.putAll(more);
        if (durability == Durability.RELAXED) {
            environment.put("CHATTO_NATS_EMBEDDED_SYNC_INTERVAL", "2m");
        }
        return ChattoServer.start(
                launcher,
                List.of("--data-dir", data().toString()),
                environment,
                directory.resolve("server.log"));
    }

    /** Starts one more server on the storage of the running first one, and waits until it is ready. */
    public ChattoServer startBeside() throws IOException {
        return ChattoServer.start(
                launcher,
                List.of("--nats-url", natsUrl(), "--nats-token", natsToken),
                Map.of("CHATTO_CORE_SECRET_KEY", secretKey),
                directory.resolve("second-server.log"));
    }

    public String natsUrl() {
        return "nats://127.0.0.1:" + natsPort;
    }

    public String natsToken() {
        return natsToken;
    }

    /** The server's {@code core.secret_key}. */
    public String secretKey() {
        return secretKey;
    }

    public Path directory() {
        return directory;
    }

    /** The server's data directory. */
    public Path data() {
        return directory.resolve("data");
    }

    @Override
    public void close() throws IOException {
        if (temporary) {
            try (var files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static String secret() {
        byte[] bytes = new byte[SECRET_BYTES];
        new SplittableRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
