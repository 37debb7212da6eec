package chat.chatto.acceptance.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.chatto.acceptance.server.ChattoServer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Everything that runs: three nats-servers, two Chatto servers, and HAProxy before these. For one thread. */
final class Stage implements AutoCloseable {

    private static final String SECRET_KEY = "0123456789abcdef0123456789abcdef0123456789abcdef";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Optional<SmallDisk> smallDisk;
    private final NatsCluster nats;
    private final List<ChattoServer> chattos;
    private final HaProxy proxy;

    /** @param directory an existing one for all files */
    Stage(Path directory) {
        try {
            smallDisk = SmallDisk.mount(Files.createDirectory(directory.resolve("small")));
            nats = new NatsCluster(directory, smallDisk.map(SmallDisk::directory));
            chattos =
                    Stream.of("chatto-1", "chatto-2")
                            .map(name -> chatto(directory.resolve(name), nats.urls()))
                            .toList();
            proxy = HaProxy.before(chattos, directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ChattoServer chatto(Path directory, List<String> natsUrls) {
        try {
            return ChattoServer.onCluster(
                    Files.createDirectory(directory), natsUrls, NatsNode.TOKEN, SECRET_KEY);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it all; returns when it is ready. */
    void start() {
        nats.start();
        chattos.forEach(ChattoServer::start);
        awaitWell();
    }

    NatsCluster nats() {
        return nats;
    }

    List<ChattoServer> chattos() {
        return chattos;
    }

    /** The file system of the first node's store; empty where none could be mounted. */
    Optional<SmallDisk> smallDisk() {
        return smallDisk;
    }

    /** Where people go. */
    URI address() {
        return proxy.uri();
    }

    /** What people would call a server. */
    String nameOf(ChattoServer server) {
        return "chatto-" + (chattos.indexOf(server) + 1);
    }

    /** The server that says it holds the lease for folding. */
    ChattoServer folding() {
        return await("a server to hold the lease for folding")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> chattos.stream().filter(Stage::folds).findFirst(), Optional::isPresent)
                .orElseThrow();
    }

    static boolean folds(ChattoServer server) {
        String log = server.logSinceStart();
        return server.isRunning()
                && log.lastIndexOf("Holding the lease 'fold-1'")
                        > log.lastIndexOf("Gave up the lease 'fold-1'");
    }

    /** Stops each Chatto server, which must end well, and starts it again, the next only when all is well. */
    void restartChattos() {
        for (ChattoServer server : chattos) {
            assertThat(server.terminate()).as("exit code of " + nameOf(server)).isZero();
            server.start();
            awaitWell();
        }
    }

    /** Waits until everything runs and is up to date. */
    void awaitWell() {
        nats.awaitCurrent();
        await("both Chatto servers to be ready")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> chattos.stream().allMatch(ChattoServer::isReady));
    }

    /** Ends everything by force: what there is to prove has been proved. */
    @Override
    public void close() {
        proxy.close();
        chattos.stream().filter(ChattoServer::isRunning).forEach(ChattoServer::kill);
        nats.close();
        smallDisk.ifPresent(SmallDisk::close);
    }
}
