package chat.chatto.launcher;

import chat.chatto.launcher.config.Key;
import chat.chatto.launcher.config.Keys;
import chat.chatto.launcher.config.SettingsReader.Flag;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the commands that work with storage have in common: where the configuration is, and where NATS is. */
final class StorageOptions {

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The configuration (default: chatto.toml, if there is one).")
    private @Nullable Path config;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Keeps all data here (nats.embedded.data_dir, default: data).")
    private @Nullable String dataDirectory;

    @Option(
            names = "--nats-url",
            paramLabel = "URL",
            split = ",",
            description =
                    "Uses this NATS instead of an embedded one; several addresses, separated by"
                            + " commas or with the flag repeated, are servers of one cluster"
                            + " (nats.client.url).")
    private @Nullable List<String> natsUrls;

    @Option(
            names = "--nats-token",
            paramLabel = "TOKEN",
            description = "Authenticates to NATS (nats.client.token).")
    private @Nullable String natsToken;

    @Option(
            names = "--nats-replicas",
            paramLabel = "N",
            description =
                    "Keeps so many copies of everything: 1, 3 or 5 (nats.replicas, default: 1).")
    private @Nullable String natsReplicas;

    Optional<Path> config() {
        return Optional.ofNullable(config);
    }

    List<Flag> flags() {
        List<Flag> flags = new ArrayList<>();
        add(flags, Keys.EMBEDDED_DATA_DIR, "--data-dir", dataDirectory);
        add(
                flags,
                Keys.CLIENT_URL,
                "--nats-url",
                natsUrls == null ? null : String.join(",", natsUrls));
        add(flags, Keys.CLIENT_TOKEN, "--nats-token", natsToken);
        add(flags, Keys.REPLICAS, "--nats-replicas", natsReplicas);
        return flags;
    }

    static void add(List<Flag> flags, Key<?> key, String name, @Nullable String value) {
        if (value != null) {
            flags.add(new Flag(key, name, value));
        }
    }
}
