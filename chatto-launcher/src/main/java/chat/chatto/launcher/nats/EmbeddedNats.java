package chat.chatto.launcher.nats;

import chat.chatto.launcher.config.NatsConfig;
import chat.chatto.launcher.config.Secret;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A nats-server of our own, kept running until {@link #close}: when it dies it is started again on the same port, so that clients find it
 * by themselves. Safe for use by many threads.
 */
public final class EmbeddedNats implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedNats.class);
    private static final int PORT_ATTEMPTS = 3;
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(15);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final Path binary;
    private final ServerFiles files;
    private final String serverName;
    private final InetSocketAddress address;
    private final Secret token;
    private final Thread supervisor;

    private volatile NatsProcess process;
    private volatile boolean closed;

    private EmbeddedNats(
            Path binary, ServerFiles files, Identity identity, Secret token, NatsProcess process) {
        this.binary = binary;
        this.files = files;
        this.serverName = identity.serverName();
        this.address = identity.address();
        this.token = token;
        this.process = process;
        this.supervisor =
                Thread.ofPlatform()
                        .name("nats-server-supervisor")
                        .daemon()
                        .unstarted(this::supervise);
    }

    private record Identity(String serverName, InetSocketAddress address) {}

    /**
     * Starts nats-server and returns when clients can connect. A leftover of a killed Chatto is stopped before.
     *
     * @param directory held by the caller until after {@link #close}
     * @throws EmbeddedNatsException when it cannot be started, with what it said
     */
    public static EmbeddedNats start(
            DataDirectory directory, NatsConfig.Embedded config, Path binary)
            throws InterruptedException {
        ServerFiles files = new ServerFiles(directory.path());
        LeftoverServer.stop(files.pid(), files.configuration());
        Secret token = config.token().orElseGet(Secret::random);
        String serverName = "chatto-" + Secret.random().value().substring(0, 12);
        String lastWords = "";
        // A free port can be taken by somebody else before nats-server has it.
        for (int attempt = 0; attempt < (config.port() == 0 ? PORT_ATTEMPTS : 1); attempt++) {
            InetSocketAddress address = addressFor(config);
            files.write(config, serverName, address.getPort(), token);
            NatsProcess process = NatsProcess.start(binary, files.configuration());
            if (process.awaitReady(serverName, address)) {
                EmbeddedNats nats =
                        new EmbeddedNats(
                                binary, files, new Identity(serverName, address), token, process);
                nats.supervisor.start();
                LOG.debug("{} runs with {} as {}", binary, files.configuration(), nats.url());
                return nats;
            }
            lastWords = process.lastWords();
        }
        throw new EmbeddedNatsException(
                binary + " does not start. It said:" + System.lineSeparator() + lastWords);
    }

    /** Where clients connect to; it does not change. */
    public String url() {
        return "nats://" + address.getHostString() + ":" + address.getPort();
    }

    /** What clients authenticate with. */
    public Secret token() {
        return token;
    }

    /** Stops nats-server, giving it time to write everything down. Clients should have disconnected before. */
    @Override
    public void close() {
        closed = true;
        supervisor.interrupt();
        try {
            supervisor.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.stop(STOP_PATIENCE);
    }

    private void supervise() {
        Duration pause = FIRST_PAUSE;
        try {
            while (!closed) {
                process.awaitEnd();
                LOG.error(
                        "nats-server has ended and is started again in {} ms. It said last:{}{}",
                        pause.toMillis(),
                        System.lineSeparator(),
                        process.lastWords());
                Thread.sleep(pause);
                pause = restart() ? FIRST_PAUSE : longer(pause);
            }
        } catch (InterruptedException e) {
            LOG.debug("nats-server is no longer watched, because Chatto stops");
        }
    }

    private boolean restart() throws InterruptedException {
        try {
            // Only the script around it may have been killed.
            LeftoverServer.stop(files.pid(), files.configuration());
            process = NatsProcess.start(binary, files.configuration());
            boolean ready = process.awaitReady(serverName, address);
            if (ready) {
                LOG.info("nats-server runs again");
            }
            return ready;
        } catch (EmbeddedNatsException e) {
            LOG.error("nats-server could not be started again", e);
            return false;
        }
    }

    private static Duration longer(Duration pause) {
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }

    private static InetSocketAddress addressFor(NatsConfig.Embedded config) {
        String host = ServerFiles.clientHost(config.bindAddress());
        return new InetSocketAddress(host, config.port() == 0 ? freePort(host) : config.port());
    }

    private static int freePort(String host) {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(host))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new EmbeddedNatsException(
                    "nats.embedded.bind_address "
                            + host
                            + " cannot be listened on: "
                            + e.getMessage(),
                    e);
        }
    }
}
