package chat.chatto.launcher;

import chat.chatto.launcher.config.ConfigurationTemplate;
import chat.chatto.launcher.config.OwnerOnlyFile;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** Writes a configuration to begin with. */
@Command(
        name = "init",
        description =
                "Writes a commented chatto.toml with a fresh secret, readable by its owner only. An"
                        + " existing file is left alone.",
        mixinStandardHelpOptions = true)
final class InitCommand implements Callable<Integer> {

    // Replaced by picocli.
    @Spec private CommandSpec command = CommandSpec.create();

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            defaultValue = "chatto.toml",
            description = "The file to write (default: ${DEFAULT-VALUE}).")
    private Path file = Path.of("chatto.toml");

    @Override
    public Integer call() {
        try {
            OwnerOnlyFile.create(file, ConfigurationTemplate.withFreshSecrets());
        } catch (FileAlreadyExistsException e) {
            throw new CannotWriteException(file + " exists already and is left as it is", e);
        } catch (IOException e) {
            throw new CannotWriteException(file + " cannot be written: " + e, e);
        }
        command.commandLine()
                .getOut()
                .println("Wrote " + file + ". Start with: chatto serve --config " + file);
        return ExitCode.OK;
    }
}
