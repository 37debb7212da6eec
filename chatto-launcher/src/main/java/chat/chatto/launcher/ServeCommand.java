package chat.chatto.launcher;

import chat.chatto.launcher.config.Key;
import chat.chatto.launcher.config.Keys;
import chat.chatto.launcher.config.ServerConfiguration;
import chat.chatto.launcher.config.Settings;
import chat.chatto.launcher.config.SettingsReader;
import chat.chatto.launcher.config.SettingsReader.Flag;
import chat.chatto.launcher.log.Logging;

import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Runs a server until it is told to stop. */
@Command(
        name = "serve",
        aliases = "run",
        description = "Runs a server until it is told to stop (SIGTERM, or Ctrl-C).",
        footer = {
            "",
            "Every setting can also stand in chatto.toml or in a variable: webserver.port is"
                    + " CHATTO_WEBSERVER_PORT.",
            "A flag wins over a variable, and that over chatto.toml."
        },
        mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The configuration (default: chatto.toml, if there is one).")
    private @Nullable Path config;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Listens for HTTP here (webserver.port, default: 4000).")
    private @Nullable String port;

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

    @Override
    public Integer call() throws InterruptedException {
        Settings settings =
                SettingsReader.read(Optional.ofNullable(config), System.getenv(), flags());
        ServerConfiguration configuration = ServerConfiguration.of(settings);
        Logging.configure(configuration.log());
        settings.warnings().forEach(LoggerFactory.getLogger(ServeCommand.class)::warn);
        // Closed here when the start fails, and otherwise by the signal.
        try (Shutdown shutdown = new Shutdown()) {
            Termination.onSignal(shutdown, configuration.drainDelay());
            new Server(configuration, shutdown).start();
            Termination.await();
        } catch (StoppedException e) {
            Termination.await();
        }
        return ExitCode.OK;
    }

    private List<Flag> flags() {
        List<Flag> flags = new ArrayList<>();
        add(flags, Keys.WEB_PORT, "--port", port);
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

    private static void add(List<Flag> flags, Key<?> key, String name, @Nullable String value) {
        if (value != null) {
            flags.add(new Flag(key, name, value));
        }
    }
}
