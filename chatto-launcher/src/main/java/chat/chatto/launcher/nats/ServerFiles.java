package chat.chatto.launcher.nats;

import chat.chatto.launcher.config.NatsConfig;
import chat.chatto.launcher.config.OwnerOnlyFile;
import chat.chatto.launcher.config.Secret;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files of an embedded nats-server below the data directory: {@code nats/nats.conf}, its pid file, {@code jetstream/}. */
record ServerFiles(Path dataDirectory) {

    Path configuration() {
        return directory().resolve("nats.conf");
    }

    Path pid() {
        return directory().resolve("nats-server.pid");
    }

    private Path directory() {
        return dataDirectory.resolve("nats");
    }

    /** Writes the configuration for nats-server; it holds the token, so only its owner can read it. */
    void write(NatsConfig.Embedded config, String serverName, int port, Secret token) {
        try {
            OwnerOnlyFile.createDirectories(directory());
            OwnerOnlyFile.replace(configuration(), content(config, serverName, port, token));
        } catch (IOException e) {
            throw new EmbeddedNatsException(
                    "cannot write the configuration of nats-server: " + e, e);
        }
    }

    private String content(NatsConfig.Embedded config, String serverName, int port, Secret token)
            throws IOException {
        String monitoring =
                config.monitoringPort() == 0
                        ? ""
                        : "http: %s\n"
                                .formatted(
                                        quoted(
                                                config.bindAddress()
                                                        + ":"
                                                        + config.monitoringPort()));
        // nats-server would stop at three quarters of what is free when it starts, data it already
        // holds not counted.
        long capacity = Files.getFileStore(dataDirectory).getTotalSpace();
        return """
        # Written by Chatto at each start; changes are lost.
        server_name: %s
        host: %s
        port: %d
        %sauthorization { token: %s }
        logtime: false
        pid_file: %s
        jetstream {
          store_dir: %s
          sync_interval: %s
          max_file_store: %d
        }
        """
                .formatted(
                        quoted(serverName),
                        quoted(config.bindAddress()),
                        port,
                        monitoring,
                        quoted(token.value()),
                        quoted(pid().toString()),
                        // nats-server adds "jetstream" itself.
                        quoted(dataDirectory.toString()),
                        quoted(config.syncInterval().toNats()),
                        capacity);
    }

    /** Clients of a server that listens everywhere connect over loopback. */
    static String clientHost(String bindAddress) {
        return bindAddress.equals("0.0.0.0") || bindAddress.equals("::")
                ? "127.0.0.1"
                : bindAddress;
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
