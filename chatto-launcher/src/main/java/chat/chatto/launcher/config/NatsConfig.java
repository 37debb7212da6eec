package chat.chatto.launcher.config;

import chat.chatto.storage.jetstream.JetStreamConfig;

import java.nio.file.Path;
import java.util.Optional;

/** Where storage is: in a nats-server that Chatto starts itself, or in a cluster. */
public sealed interface NatsConfig {

    /**
     * A nats-server of our own on this machine.
     *
     * @param port 0 to choose a free one
     * @param monitoringPort of nats-server's own HTTP interface, 0 for none
     * @param dataDirectory holds everything that must survive; absolute
     * @param token empty for a fresh one at each start
     * @param serverPath the program, empty to look for it
     * @param shards over how many streams the rooms are spread
     */
    record Embedded(
            String bindAddress,
            int port,
            int monitoringPort,
            Path dataDirectory,
            Optional<Secret> token,
            Optional<Path> serverPath,
            SyncInterval syncInterval,
            int shards)
            implements NatsConfig {}

    /** A cluster that others run. */
    record Cluster(JetStreamConfig storage) implements NatsConfig {}
}
