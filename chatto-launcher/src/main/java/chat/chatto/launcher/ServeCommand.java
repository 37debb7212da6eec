package chat.chatto.launcher;

import chat.chatto.launcher.config.Keys;
import chat.chatto.launcher.config.ServerConfiguration;
import chat.chatto.launcher.config.Settings;
import chat.chatto.launcher.config.SettingsReader;
import chat.chatto.launcher.config.SettingsReader.Flag;
import chat.chatto.launcher.log.Logging;

import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.List;
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

    @Mixin private final StorageOptions storage = new StorageOptions();

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Listens for HTTP here (webserver.port, default: 4000).")
    private @Nullable String port;

    @Override
    public Integer call() throws InterruptedException {
        Settings settings = SettingsReader.read(storage.config(), System.getenv(), flags());
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
        List<Flag> flags = storage.flags();
        StorageOptions.add(flags, Keys.WEB_PORT, "--port", port);
        return flags;
    }
}
