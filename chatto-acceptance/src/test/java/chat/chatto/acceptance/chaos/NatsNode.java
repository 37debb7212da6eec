package chat.chatto.acceptance.chaos;

import chat.chatto.acceptance.server.Distribution;
import chat.chatto.acceptance.server.Signal;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One nats-server of the cluster, with a store and a configuration file of its own. For one thread. */
final class NatsNode {

    /** What clients prove themselves with. */
    static final String TOKEN = "a-token-for-the-test";

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(2);

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(ANSWER_TIMEOUT).build();

    private final String name;
    private final Path directory;
    private final Path store;
    private final int clientPort;
    private final int monitorPort;
    private @Nullable Process process;
    private boolean paused;

    /**
     * A node that does not run yet.
     *
     * @param directory an existing one for its configuration and its log
     * @param store where it keeps what JetStream stores
     * @param routes where it reaches the others
     */
    NatsNode(String name, Path directory, Path store, NodePorts ports, List<Integer> routes) {
        this.name = name;
        this.directory = directory;
        this.store = store;
        this.clientPort = ports.client();
        this.monitorPort = ports.monitor();
        write(configuration(ports, routes));
    }

    /** Where a node listens. */
    record NodePorts(int client, int monitor, int cluster) {}

    /**
     * As in the guide to high availability, and every write synced to disk. Nodes tell each other where further ones are; the
     * address that they pass on leads nowhere, so that they keep to the routes that can be cut.
     */
    private String configuration(NodePorts ports, List<Integer> routes) {
        List<String> urls = routes.stream().map(port -> "nats-route://127.0.0.1:" + port).toList();
        return """
        server_name: %s
        listen: "127.0.0.1:%d"
        http: "127.0.0.1:%d"
        log_file: "%s"
        jetstream { store_dir: "%s", sync_interval: always, max_mem: 256M, max_file: 2G }
        cluster {
          name: chatto
          listen: "127.0.0.1:%d"
          advertise: "127.0.0.1:9"
          routes: [ %s ]
        }
        authorization { token: "%s" }
        """
                .formatted(
                        name,
                        ports.client(),
                        ports.monitor(),
                        log(),
                        store,
                        ports.cluster(),
                        String.join(", ", urls),
                        TOKEN);
    }

    private void write(String configuration) {
        try {
            Files.writeString(configurationFile(), configuration);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path configurationFile() {
        return directory.resolve("nats.conf");
    }

    private Path log() {
        return directory.resolve("nats.log");
    }

    String name() {
        return name;
    }

    Path store() {
        return store;
    }

    String url() {
        return "nats://127.0.0.1:" + clientPort;
    }

    boolean isRunning() {
        return process != null && process.isAlive() && !paused;
    }

    void start() {
        try {
            process =
                    new ProcessBuilder(
                                    Distribution.natsServer().toString(),
                                    "-c",
                                    configurationFile().toString())
                            .redirectErrorStream(true)
                            .redirectOutput(
                                    ProcessBuilder.Redirect.appendTo(
                                            directory.resolve("output.log").toFile()))
                            .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@code kill -9}. */
    void kill() {
        end(started().destroyForcibly());
    }

    /** As {@code systemctl stop} does. */
    void terminate() {
        Process stopping = started();
        stopping.destroy();
        end(stopping);
    }

    void pause() {
        Signal.STOP.send(started().toHandle());
        paused = true;
    }

    void resume() {
        Signal.CONT.send(started().toHandle());
        paused = false;
    }

    private Process started() {
        if (process == null) {
            throw new IllegalStateException(name + " was not started");
        }
        return process;
    }

    private void end(Process ending) {
        try {
            if (!ending.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException(name + " does not end");
            }
            paused = false;
        } catch (InterruptedException e) {
            throw new IllegalStateException("Interrupted while a nats-server ends", e);
        }
    }

    /** Whether it runs and has everything that the cluster has. */
    boolean isCurrent() {
        return isRunning() && ask("/healthz").isPresent();
    }

    /** Which node leads a stream, as this one sees it. */
    Optional<String> leaderOf(String stream) {
        return isRunning()
                ? ask("/jsz?accounts=true&streams=true").flatMap(all -> leader(all, stream))
                : Optional.empty();
    }

    private static Optional<String> leader(JsonObject overview, String stream) {
        for (JsonElement account : overview.getAsJsonArray("account_details")) {
            JsonElement streams = account.getAsJsonObject().get("stream_detail");
            if (streams == null) {
                continue;
            }
            for (JsonElement one : streams.getAsJsonArray()) {
                JsonObject detail = one.getAsJsonObject();
                if (detail.get("name").getAsString().equals(stream)) {
                    return Optional.ofNullable(detail.getAsJsonObject("cluster"))
                            .map(cluster -> cluster.get("leader"))
                            .map(JsonElement::getAsString)
                            .filter(leader -> !leader.isEmpty());
                }
            }
        }
        return Optional.empty();
    }

    /** What its monitoring says; empty when it says that something is wrong, or nothing. */
    private Optional<JsonObject> ask(String path) {
        try {
            HttpResponse<String> response =
                    HTTP.send(
                            HttpRequest.newBuilder(
                                            URI.create("http://127.0.0.1:" + monitorPort + path))
                                    .timeout(ANSWER_TIMEOUT)
                                    .build(),
                            BodyHandlers.ofString());
            return response.statusCode() == 200
                    ? Optional.of(JsonParser.parseString(response.body()).getAsJsonObject())
                    : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        } catch (InterruptedException e) {
            throw new IllegalStateException("Interrupted while a nats-server is asked", e);
        }
    }

    /** Ends it in whatever state it is. */
    void discard() {
        if (process != null && process.isAlive()) {
            kill();
        }
    }
}
