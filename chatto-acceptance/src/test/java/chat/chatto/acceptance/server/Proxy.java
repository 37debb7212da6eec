package chat.chatto.acceptance.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real load balancer with the configuration that the distribution has for it, in which nothing but addresses is replaced. */
public final class Proxy implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final int port;
    private final Path log;
    private final Process process;

    /** The load balancers that the distribution has a configuration for. */
    public enum Kind {
        HAPROXY("haproxy", "proxy/haproxy.cfg", "bind :80"),
        NGINX("nginx", "proxy/nginx.conf", "listen 80");

        private final String program;
        private final String file;
        private final String listen;

        Kind(String program, String file, String listen) {
            this.program = program;
            this.file = file;
            this.listen = listen;
        }

        private List<String> command(Path directory, Path configuration, boolean check) {
            List<String> command = new ArrayList<>();
            command.add(executable(program).toString());
            switch (this) {
                case HAPROXY -> {
                    command.addAll(List.of("-f", configuration.toString()));
                    command.add(check ? "-c" : "-db");
                }
                case NGINX -> {
                    command.addAll(List.of("-c", configuration.toString()));
                    command.addAll(List.of("-p", directory.toString(), "-e", "stderr"));
                    String pid = "pid " + directory.resolve("nginx.pid") + ";";
                    command.addAll(List.of("-g", check ? pid : "daemon off; " + pid));
                    if (check) {
                        command.add("-t");
                    }
                }
            }
            return command;
        }
    }

    private Proxy(int port, Path log, Process process) {
        this.port = port;
        this.log = log;
        this.process = process;
    }

    /**
     * Has the configuration checked by the program, starts it, and returns when it listens.
     *
     * @param directory an existing one for its files
     * @param servers the two servers of the configuration, wherever they are
     */
    public static Proxy start(Kind kind, Path directory, List<URI> servers) {
        int port = Ports.free();
        try {
            Path own = Files.createDirectory(directory.resolve(kind.program));
            Path log = own.resolve("output.log");
            Path configuration =
                    Files.writeString(
                            own.resolve("proxy.conf"), configuration(kind, port, servers));
            Process check = run(kind.command(own, configuration, true), log);
            assertThat(check.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(check.exitValue()).as(Files.readString(log)).isZero();
            assertThat(Files.readString(log)).doesNotContainIgnoringCase("[alert]", "[emerg]");
            Proxy proxy = new Proxy(port, log, run(kind.command(own, configuration, false), log));
            proxy.awaitListening();
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("Interrupted while a proxy starts", e);
        }
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Everything it has said. */
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("Interrupted while a proxy stops", e);
        }
    }

    private static String configuration(Kind kind, int port, List<URI> servers) throws IOException {
        String text = Files.readString(Distribution.file(kind.file));
        String listen = kind.listen.replaceFirst(":?80$", "127.0.0.1:" + port);
        text = replace(text, "(?m)^( +)" + kind.listen + "\\b", "$1" + listen);
        for (int index = 0; index < servers.size(); index++) {
            String authority = servers.get(index).getAuthority();
            text = replace(text, "\\bchatto-" + (index + 1) + ":4000\\b", authority);
        }
        return text;
    }

    private static String replace(String text, String pattern, String replacement) {
        String replaced = text.replaceAll(pattern, replacement);
        assertThat(replaced).as("with %s replaced", pattern).isNotEqualTo(text);
        return replaced;
    }

    private static Process run(List<String> command, Path log) throws IOException {
        return new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    private static Path executable(String program) {
        return Stream.concat(
                        Stream.of(System.getenv("PATH").split(File.pathSeparator)),
                        Stream.of("/usr/sbin", "/usr/local/sbin"))
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError(program + " is not installed"));
    }

    private void awaitListening() {
        await("the proxy to listen")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .failFast(() -> assertThat(process.isAlive()).as(log()).isTrue())
                .until(this::isListening);
    }

    private boolean isListening() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException _) {
            return false;
        }
    }
}
