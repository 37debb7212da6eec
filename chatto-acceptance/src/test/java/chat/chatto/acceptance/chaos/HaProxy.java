package chat.chatto.acceptance.chaos;

import static org.awaitility.Awaitility.await;

import chat.chatto.acceptance.server.ChattoServer;
import chat.chatto.acceptance.server.Ports;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real HAProxy before the Chatto servers. */
final class HaProxy implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final int port;
    private final Process process;

    private HaProxy(int port, Process process) {
        this.port = port;
        this.process = process;
    }

    /**
     * Starts it, before servers that need not run yet.
     *
     * @param directory an existing one for its configuration and its log
     */
    static HaProxy before(List<ChattoServer> servers, Path directory) {
        int port = Ports.free();
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < servers.size(); i++) {
            lines.append(
                    "  server chatto-%d %s\n"
                            .formatted(i + 1, servers.get(i).uri().getAuthority()));
        }
        try {
            Path file = directory.resolve("haproxy.cfg");
            Files.writeString(file, configuration(port, lines.toString()));
            Process process =
                    new ProcessBuilder(binary(), "-db", "-f", file.toString())
                            .redirectErrorStream(true)
                            .redirectOutput(directory.resolve("haproxy.log").toFile())
                            .start();
            HaProxy proxy = new HaProxy(port, process);
            await("HAProxy to listen").atMost(PATIENCE).until(proxy::listens);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * When just one of the two servers is ready, everything goes there. When none is, because storage is away from both, requests go to
     * whichever is alive: it still reads from memory and says itself what is the matter. A server that is not ready, because it drains or
     * waits for storage, keeps its sockets and may answer what it was asked; those of one that stands still are ended, so that clients turn
     * to the other.
     */
    private static String configuration(int port, String servers) {
        return """
        global
          maxconn 2000

        defaults
          mode http
          balance leastconn
          option redispatch 1
          retries 3
          timeout connect 2s
          timeout client 60s
          timeout server 30s
          timeout tunnel 1h
          timeout check 1s

        frontend chatto
          bind 127.0.0.1:%d
          option forwardfor
          default_backend chatto

        backend chatto
          option httpchk GET /healthz
          default-server check inter 500ms fall 3 rise 1 on-marked-down shutdown-sessions
          use-server chatto-1 if { srv_is_up(ready/chatto-1) } !{ srv_is_up(ready/chatto-2) }
          use-server chatto-2 if { srv_is_up(ready/chatto-2) } !{ srv_is_up(ready/chatto-1) }
        %s
        backend ready
          option httpchk GET /readyz
          default-server check inter 500ms fall 2 rise 1
        %s
        """
                .formatted(port, servers, servers);
    }

    /** Debian keeps it where ordinary users do not look. */
    private static String binary() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.concat(Stream.of(path.split(File.pathSeparator)), Stream.of("/usr/sbin"))
                .map(directory -> Path.of(directory, "haproxy"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "No haproxy found. Install it: apt-get install haproxy"))
                .toString();
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException _) {
            return false;
        }
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("HAProxy does not end");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("Interrupted while HAProxy ends", e);
        }
    }
}
