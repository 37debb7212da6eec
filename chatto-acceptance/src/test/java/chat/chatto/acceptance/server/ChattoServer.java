package chat.chatto.acceptance.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A Chatto that can be killed, stopped and started again. It keeps its port, its data and its log file over all of that. Not
 * thread-safe, except for {@link #uri}.
 */
public final class ChattoServer implements AutoCloseable {

    private static final Duration START_PATIENCE = Duration.ofSeconds(90);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(45);

    /** A nats-server whose Chatto was killed ends by itself; it may have much to write down. */
    private static final Duration ORPHAN_PATIENCE = Duration.ofSeconds(40);

    private static final int PROBE_MILLIS = 5_000;

    private final Path directory;
    private final List<String> arguments;
    private final Map<String, String> environment;
    private final int port = Ports.free();
    private @Nullable Process process;
    private int logBegin;

    private ChattoServer(Path directory, List<String> arguments, Map<String, String> environment) {
        this.directory = directory;
        this.arguments = arguments;
        this.environment = environment;
    }

    /**
     * A server with a nats-server of its own, as an operator has it who changes nothing.
     *
     * @param directory an existing one for its data and its log
     */
    public static ChattoServer embedded(Path directory) {
        return new ChattoServer(
                directory, List.of("--data-dir", directory.resolve("data").toString()), Map.of());
    }

    /**
     * A server on a NATS that somebody else runs.
     *
     * @param directory an existing one for its log
     */
    public static ChattoServer onNats(Path directory, String natsUrl, String secretKey) {
        return new ChattoServer(
                directory,
                List.of("--nats-url", natsUrl),
                Map.of(
                        "CHATTO_CORE_SECRET_KEY",
                        secretKey,
                        // There is no load balancer that would have to notice.
                        "CHATTO_WEBSERVER_DRAIN_DELAY",
                        "0s"));
    }

    /**
     * A server that is configured by variables alone, as in a container.
     *
     * @param directory an existing one for its log
     */
    public static ChattoServer configured(Path directory, Map<String, String> environment) {
        return new ChattoServer(directory, List.of(), environment);
    }

    /**
     * A server on a cluster, configured by the variables that the guide to high availability names.
     *
     * @param directory an existing one for its log
     * @param natsUrls all nodes of the cluster
     */
    public static ChattoServer onCluster(
            Path directory, List<String> natsUrls, String natsToken, String secretKey) {
        return new ChattoServer(
                directory,
                List.of(),
                Map.of(
                        "CHATTO_NATS_EMBEDDED_ENABLED", "false",
                        "CHATTO_NATS_CLIENT_URL", String.join(",", natsUrls),
                        "CHATTO_NATS_CLIENT_AUTH_METHOD", "token",
                        "CHATTO_NATS_CLIENT_TOKEN", natsToken,
                        "CHATTO_NATS_REPLICAS", "3",
                        "CHATTO_WEBSERVER_TRUSTED_PROXIES", "127.0.0.1",
                        "CHATTO_CORE_SECRET_KEY", secretKey));
    }

    /** Where it is reached from here, also while it does not run. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public Path dataDirectory() {
        return directory.resolve("data");
    }

    /** Starts it and returns when it is ready. */
    public ChattoServer start() {
        begin();
        awaitReady();
        return this;
    }

    /** Starts it without waiting for anything. */
    public void begin() {
        List<String> command = new ArrayList<>();
        command.add("serve");
        command.add("--port");
        command.add(Integer.toString(port));
        command.addAll(arguments);
        logBegin = Files.exists(logFile()) ? log().length() : 0;
        process = Distribution.start(directory, environment, logFile(), command);
    }

    public void awaitReady() {
        await("the server to be ready")
                .atMost(START_PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .failFast(
                        () ->
                                assertThat(running().isAlive())
                                        .as("runs; it said:%n%s", log())
                                        .isTrue())
                .until(this::isReady);
    }

    public boolean isReady() {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) uri().resolve("/readyz").toURL().openConnection();
            connection.setConnectTimeout(PROBE_MILLIS);
            connection.setReadTimeout(PROBE_MILLIS);
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException _) {
            return false;
        }
    }

    /** As {@code kill -9}; returns when the process is gone. Its nats-server learns of it by itself. */
    public void kill() {
        endForcibly(running().toHandle());
    }

    public boolean isRunning() {
        return process != null && process.isAlive();
    }

    /** Has it stand still, with all its connections open. */
    public void pause() {
        Signal.STOP.send(running().toHandle());
    }

    /** Has it go on where it stood still. */
    public void resume() {
        Signal.CONT.send(running().toHandle());
    }

    /** As {@code kill -9} of its nats-server. */
    public void killNats() {
        endForcibly(nats());
    }

    /** As {@code kill -9} of both within the same moment. */
    public void killWithNats() {
        ProcessHandle nats = nats();
        running().toHandle().destroyForcibly();
        nats.destroyForcibly();
        awaitEnd(running().toHandle());
        awaitEnd(nats);
    }

    /** Asks it to end, as {@code systemctl stop} does, and returns its exit code. */
    public int terminate() {
        askToStop();
        return awaitStop();
    }

    /** Asks it to end, and does not wait. */
    public void askToStop() {
        running().toHandle().destroy();
    }

    /** Waits until it has ended, and returns its exit code. */
    public int awaitStop() {
        Process stopping = running();
        try {
            assertThat(stopping.waitFor(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as("ends within %s of SIGTERM; it said:%n%s", STOP_PATIENCE, log())
                    .isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException("Interrupted while the server stops", e);
        }
        return stopping.exitValue();
    }

    /** Waits until no process that belongs to the data directory runs any more. */
    public void awaitNoProcessLeft() {
        await("the processes on " + dataDirectory() + " to end")
                .atMost(ORPHAN_PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(
                        () ->
                                assertThat(processesOnData())
                                        .extracting(left -> left.pid() + " " + commandOf(left))
                                        .isEmpty());
    }

    /** Everything it has said since its first start. */
    public String log() {
        try {
            return Files.readString(logFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it has said since its last start. */
    public String logSinceStart() {
        return log().substring(logBegin);
    }

    /** Ends whatever still runs. */
    @Override
    public void close() {
        if (process != null && process.isAlive()) {
            terminate();
        }
        awaitNoProcessLeft();
    }

    private Path logFile() {
        return directory.resolve("chatto-" + port + ".log");
    }

    private Process running() {
        if (process == null) {
            throw new IllegalStateException("The server was not started");
        }
        return process;
    }

    /** The nats-server itself, without the script that watches over it. */
    private ProcessHandle nats() {
        try {
            String pid = Files.readString(dataDirectory().resolve("nats/nats-server.pid")).strip();
            return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<ProcessHandle> processesOnData() {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.filter(one -> commandOf(one).contains(dataDirectory().toString())).toList();
        }
    }

    private static String commandOf(ProcessHandle process) {
        return process.info().commandLine().orElse("");
    }

    private static void endForcibly(ProcessHandle process) {
        process.destroyForcibly();
        awaitEnd(process);
    }

    private static void awaitEnd(ProcessHandle process) {
        try {
            process.onExit().get(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Process " + process.pid() + " does not end", e);
        }
    }
}
