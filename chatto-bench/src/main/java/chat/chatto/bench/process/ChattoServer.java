package chat.chatto.bench.process;

import chat.chatto.bench.http.HttpConnection;
import chat.chatto.bench.http.Target;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A Chatto server started from its distribution with {@code chatto serve}, on a loopback port of its own. */
public final class ChattoServer implements AutoCloseable {

    private static final Duration READY_WAIT = Duration.ofMinutes(5);
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration STOP_WAIT = Duration.ofSeconds(60);
    private static final long PROBE_INTERVAL_NANOS = 2_000_000;

    private final Process process;
    private final Target target;
    private final Duration startTime;

    private ChattoServer(Process process, Target target, Duration startTime) {
        this.process = process;
        this.target = target;
        this.startTime = startTime;
    }

    /**
     * Starts a server and waits until it is ready.
     *
     * @param launcher the {@code chatto} script
     * @param arguments after {@code serve --port PORT}
     * @param environment added to this process's own
     * @param log where its output goes
     * @throws IOException when it ends before it is ready, or is not ready in time; nothing is left running then
     */
    public static ChattoServer start(
            Path launcher, List<String> arguments, Map<String, String> environment, Path log)
            throws IOException {
        Target target = new Target("127.0.0.1", freePort());
        List<String> command =
                new ArrayList<>(
                        List.of(
                                launcher.toString(),
                                "serve",
                                "--port",
                                Integer.toString(target.port())));
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        long start = System.nanoTime();
        Process process = builder.start();
        try {
            awaitReady(process, target, start + READY_WAIT.toNanos());
        } catch (IOException e) {
            stop(process);
            throw e;
        }
        return new ChattoServer(process, target, Duration.ofNanos(System.nanoTime() - start));
    }

    public Target target() {
        return target;
    }

    /** From starting the process to the first 200 of {@code /readyz}. */
    public Duration startTime() {
        return startTime;
    }

    /** Memory of the Chatto process itself. */
    public ProcessMemory memory() throws IOException {
        return ProcessMemory.of(chattoPid());
    }

    /** Memory of the nats-server that it runs, or null when it runs none. */
    public @Nullable ProcessMemory natsMemory() throws IOException {
        var nats = process.descendants().filter(child -> runs(child, "nats-server")).findFirst();
        return nats.isPresent() ? ProcessMemory.of(nats.get().pid()) : null;
    }

    /** The Java process, which the launcher script may have started or become. */
    public long chattoPid() {
        return runs(process.toHandle(), "java")
                ? process.pid()
                : process.descendants()
                        .filter(child -> runs(child, "java"))
                        .findFirst()
                        .map(ProcessHandle::pid)
                        .orElse(process.pid());
    }

    @Override
    public void close() throws IOException {
        stop(process);
    }

    /** A port that was free a moment ago. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void awaitReady(Process process, Target target, long deadline)
            throws IOException {
        try (HttpConnection probe = new HttpConnection(target, PROBE_TIMEOUT, null)) {
            while (!ready(probe)) {
                if (!process.isAlive()) {
                    throw new IOException(
                            "the server ended with exit code "
                                    + process.exitValue()
                                    + " before it was ready");
                }
                if (System.nanoTime() - deadline > 0) {
                    throw new IOException("the server was not ready within " + READY_WAIT);
                }
                LockSupport.parkNanos(PROBE_INTERVAL_NANOS);
            }
        }
    }

    private static boolean ready(HttpConnection probe) throws IOException {
        try {
            return probe.get("/readyz").succeeded();
        } catch (SocketTimeoutException | SocketException _) {
            return false;
        }
    }

    private static boolean runs(ProcessHandle process, String program) {
        return process.info()
                .command()
                .map(command -> command.endsWith("/" + program))
                .orElse(false);
    }

    private static void stop(Process process) throws IOException {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        if (!ends(process)) {
            children.forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new IOException("the server did not stop within " + STOP_WAIT + " of SIGTERM");
        }
    }

    private static boolean ends(Process process) {
        try {
            return process.waitFor(STOP_WAIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
