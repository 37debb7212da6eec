package chat.chatto.storage.jetstream;

import io.nats.NatsRunnerUtils;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Runs a cluster of three real nats-servers for a test class, as {@link NatsServerExtension} runs one. */
public final class NatsClusterExtension implements BeforeAllCallback, AfterAllCallback {

    private static final int SIZE = 3;

    private final List<NatsServer> servers = new ArrayList<>();
    private final List<String> configuration;
    private @Nullable Path directory;

    /** Servers with JetStream, all else as by default. */
    public NatsClusterExtension() {
        this(new String[0]);
    }

    /** Servers with more lines in their configuration files. */
    public NatsClusterExtension(String... configuration) {
        this.configuration = List.of(configuration);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        directory = Files.createTempDirectory("nats-cluster-");
        List<Integer> clusterPorts = new ArrayList<>();
        for (int i = 0; i < SIZE; i++) {
            clusterPorts.add(NatsRunnerUtils.nextPort());
        }
        List<String> routes =
                clusterPorts.stream().map(port -> "nats-route://127.0.0.1:" + port).toList();
        for (int i = 0; i < SIZE; i++) {
            String name = name(i);
            Path own = Files.createDirectory(directory.resolve(name));
            String cluster =
                    "cluster { name: test, listen: \"127.0.0.1:"
                            + clusterPorts.get(i)
                            + "\", routes: [ "
                            + String.join(", ", routes)
                            + " ] }";
            List<String> lines = new ArrayList<>(configuration);
            lines.addAll(List.of("server_name: " + name, cluster));
            servers.add(new NatsServer(own, NatsRunnerUtils.nextPort(), lines));
        }
        servers.forEach(NatsServer::start);
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        servers.forEach(NatsServer::close);
        Directories.delete(Objects.requireNonNull(directory));
    }

    public List<NatsServer> servers() {
        return List.copyOf(servers);
    }

    /** The name under which the cluster knows the server at an index. */
    public static String name(int index) {
        return "nats-" + (index + 1);
    }

    /** The server that the cluster knows under a name. */
    public NatsServer server(String name) {
        for (int i = 0; i < SIZE; i++) {
            if (name(i).equals(name)) {
                return servers.get(i);
            }
        }
        throw new IllegalArgumentException("No server is called " + name);
    }

    /** Three replicas of everything, reached through all servers. */
    public JetStreamConfig config() {
        return new JetStreamConfig(
                servers.stream().map(NatsServer::url).toList(),
                new Credentials.None(),
                Optional.empty(),
                SIZE,
                1,
                Duration.ofSeconds(10),
                "test");
    }
}
