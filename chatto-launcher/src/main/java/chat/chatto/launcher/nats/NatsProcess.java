package chat.chatto.launcher.nats;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One run of nats-server as a child process. It runs under a small shell script that ends it when this process is gone, and, where the
 * system can, in a session of its own: a Ctrl-C on the terminal must reach Chatto only, which still needs NATS to finish its work.
 */
final class NatsProcess {

    private static final Logger LOG = LoggerFactory.getLogger(NatsProcess.class);
    private static final List<Path> SETSID =
            List.of(Path.of("/usr/bin/setsid"), Path.of("/bin/setsid"));
    private static final Duration POLL = Duration.ofMillis(5);
    private static final Duration REPORT = Duration.ofSeconds(5);
    private static final int CONNECT_MILLIS = 1_000;

    private final Process process;
    private final NatsLog log;

    private NatsProcess(Process process) {
        this.process = process;
        this.log = NatsLog.follow(process);
    }

    static NatsProcess start(Path binary, Path configuration) {
        List<String> command = new ArrayList<>();
        SETSID.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .ifPresent(setsid -> command.add(setsid.toString()));
        command.addAll(
                List.of(
                        "/bin/sh",
                        "-c",
                        Resources.text("/chat/chatto/launcher/nats/supervise.sh"),
                        "chatto-nats"));
        command.addAll(List.of(binary.toString(), "--config", configuration.toString()));
        try {
            return new NatsProcess(
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .directory(new File("/"))
                            .start());
        } catch (IOException e) {
            throw new EmbeddedNatsException("cannot start " + binary + ": " + e.getMessage(), e);
        }
    }

    /**
     * Waits until clients can connect. That takes some 50 ms, and longer after a crash with much data, so there is no limit as long as the
     * process lives.
     *
     * @return false when the process ended instead
     */
    boolean awaitReady(String serverName, InetSocketAddress address) throws InterruptedException {
        long nextReport = System.nanoTime() + REPORT.toNanos();
        while (!greets(serverName, address)) {
            if (process.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
                return false;
            }
            if (System.nanoTime() > nextReport) {
                LOG.info(
                        "Waiting for nats-server to read its data; it last said: {}",
                        log.lastLine());
                nextReport += REPORT.toNanos();
            }
        }
        return true;
    }

    /** The first thing that a nats-server says to a client is who it is. */
    private static boolean greets(String serverName, InetSocketAddress address) {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(CONNECT_MILLIS);
            socket.connect(address, CONNECT_MILLIS);
            BufferedReader reader =
                    new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            String greeting = reader.readLine();
            return greeting != null
                    && greeting.startsWith("INFO ")
                    && greeting.contains('"' + serverName + '"');
        } catch (IOException e) {
            return false;
        }
    }

    /** Waits until the process has ended by itself or by {@link #stop}. */
    void awaitEnd() throws InterruptedException {
        process.waitFor();
    }

    /** Asks the process to end, gives it time to write everything down, and then ends it. */
    void stop(Duration patience) {
        try {
            // The script takes the end of its input for the end of this process.
            process.getOutputStream().close();
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn(
                        "nats-server did not stop within {} s and is killed", patience.toSeconds());
                kill();
            }
        } catch (IOException e) {
            LOG.warn("nats-server could not be asked to stop and is killed", e);
            kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            kill();
        }
    }

    private void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** What the process said last, several lines, for an error message. */
    String lastWords() {
        return log.lastLines();
    }
}
