package chat.chatto.storage.jetstream;

import io.nats.NatsServerRunner;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;

/** A real nats-server process with JetStream in a directory, which survives its restarts. */
public final class NatsServer implements AutoCloseable {

    private final Path directory;
    private final int port;
    private final List<String> configuration;
    private final boolean jetStream;
    private @Nullable NatsServerRunner runner;

    NatsServer(Path directory, int port, List<String> configuration) {
        this(directory, port, configuration, true);
    }

    NatsServer(Path directory, int port, List<String> configuration, boolean jetStream) {
        this.directory = directory;
        this.port = port;
        this.configuration = List.copyOf(configuration);
        this.jetStream = jetStream;
    }

    static {
        // The runner's default is to copy all that the server logs to the console.
        NatsServerRunner.setDefaultOutputLevel(Level.SEVERE);
    }

    public String url() {
        return "nats://127.0.0.1:" + port;
    }

    /** Where the server keeps what JetStream stores. */
    public Path storageDirectory() {
        return directory.resolve("jetstream");
    }

    public boolean running() {
        return runner != null;
    }

    public void start() {
        List<String> lines = new ArrayList<>(configuration);
        lines.add("host: 127.0.0.1");
        lines.add("pid_file: \"" + pidFile() + "\"");
        lines.add("log_file: \"" + directory.resolve("nats-server.log") + "\"");
        if (jetStream) {
            lines.add("jetstream { store_dir: \"" + directory + "\" }");
        }
        try {
            runner =
                    NatsServerRunner.builder()
                            .executablePath(NatsServerBinary.find())
                            .port(port)
                            .configInserts(lines)
                            .build();
        } catch (IOException e) {
            throw new UncheckedIOException("nats-server does not start, see " + directory, e);
        }
    }

    /** Asks the server to end, and waits. */
    public void stop() {
        NatsServerRunner running = runner;
        if (running == null) {
            return;
        }
        runner = null;
        try {
            running.shutdown(true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** As {@code kill -9}: the server gets no chance to write anything more. */
    public void kill() {
        try {
            long pid = Long.parseLong(Files.readString(pidFile()).strip());
            ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
            process.destroyForcibly();
            process.onExit().get(10, TimeUnit.SECONDS);
        } catch (IOException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException("The server could not be killed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        stop();
    }

    public void restart() {
        stop();
        start();
    }

    private Path pidFile() {
        return directory.resolve("nats-server.pid");
    }

    @Override
    public void close() {
        stop();
    }
}
