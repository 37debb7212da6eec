package chat.chatto.storage.jetstream;

import io.nats.NatsRunnerUtils;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Runs a real nats-server for a test class, in a temporary directory and on a free port of the loopback interface. Register it in a static
 * field: {@code @RegisterExtension static final NatsServerExtension nats = new NatsServerExtension();}
 */
public final class NatsServerExtension implements BeforeAllCallback, AfterAllCallback {

    private final List<String> configuration;
    private @Nullable Path directory;
    private @Nullable NatsServer server;

    /** A server with JetStream, all else as by default. */
    public NatsServerExtension() {
        this(new String[0]);
    }

    /** A server with more lines in its configuration file. */
    public NatsServerExtension(String... configuration) {
        this.configuration = List.copyOf(Arrays.asList(configuration));
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        directory = Files.createTempDirectory("nats-server-");
        server =
                new NatsServer(
                        directory, NatsRunnerUtils.nextPort(), new ArrayList<>(configuration));
        server.start();
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        server().close();
        Directories.delete(Objects.requireNonNull(directory));
    }

    public NatsServer server() {
        return Objects.requireNonNull(server, "The server runs while the tests of the class do");
    }

    public String url() {
        return server().url();
    }

    /** Stops and starts the server in an orderly way. */
    public void restart() {
        server().restart();
    }

    /** As {@code kill -9}; start it again with {@link #restart()}. */
    public void kill() {
        server().kill();
    }

    public Path storageDirectory() {
        return server().storageDirectory();
    }

    /** Opens storage on this server; close it. */
    public JetStreamStorage open() {
        return JetStreamStorage.open(JetStreamConfig.local(url()));
    }
}
