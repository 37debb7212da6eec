package chat.chatto.launcher;

import chat.chatto.launcher.config.LogConfig;
import chat.chatto.launcher.config.ServerConfiguration;
import chat.chatto.launcher.config.Settings;
import chat.chatto.launcher.config.SettingsReader;
import chat.chatto.launcher.doctor.Doctor;
import chat.chatto.launcher.log.Logging;

import org.slf4j.LoggerFactory;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;

/** Tells an operator whether storage is in order. */
@Command(
        name = "doctor",
        description = {
            "Looks at everything that is stored and says what is wrong with it and what to do. It"
                    + " changes nothing.",
            "Without --nats-url, or nats.client.url in the configuration, it looks at the NATS of"
                    + " the Chatto that runs on this machine."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:everything is in order",
            "1:there is a problem",
            "69:NATS cannot be looked at",
            "78:the configuration cannot be used"
        },
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {

    // Replaced by picocli.
    @Spec private CommandSpec command = CommandSpec.create();

    @Mixin private final StorageOptions storage = new StorageOptions();

    @Option(
            names = "--monitor-url",
            paramLabel = "URL",
            split = ",",
            description =
                    "Also asks the monitoring of NATS servers, such as http://nats-1:8222: it tells"
                            + " when they write to the disk and how full that is.")
    private List<URI> monitors = List.of();

    @Option(
            names = "--verify",
            description =
                    "Reads the whole history and holds it against its hash chain; says on the"
                            + " standard error how far it is.")
    private boolean verify;

    @Option(names = "--json", description = "Reports as JSON, for machines.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        Settings settings = SettingsReader.read(storage.config(), System.getenv(), storage.flags());
        Logging.configure(new LogConfig("warn", LogConfig.Format.AUTO));
        settings.warnings().forEach(LoggerFactory.getLogger(DoctorCommand.class)::warn);
        Doctor doctor =
                new Doctor(
                        ServerConfiguration.nats(settings),
                        monitors,
                        Clock.systemUTC(),
                        command.commandLine().getErr());
        return doctor.examine(verify, json, command.commandLine().getOut())
                ? ExitCode.OK
                : ExitCode.FOUND_PROBLEMS;
    }
}
