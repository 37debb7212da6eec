package chat.chatto.launcher;

import chat.chatto.core.ChattoException;
import chat.chatto.core.ErrorCode;
import chat.chatto.launcher.config.ConfigurationException;
import chat.chatto.launcher.config.LogConfig;
import chat.chatto.launcher.log.Logging;
import chat.chatto.launcher.nats.EmbeddedNatsException;
import chat.chatto.storage.RefusedException;
import chat.chatto.storage.UnavailableException;

import com.google.inject.CreationException;
import com.google.inject.ProvisionException;
import com.google.inject.spi.Message;

import org.slf4j.LoggerFactory;

import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;

import java.util.Collection;
import java.util.List;

/** The program {@code chatto}. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        Logging.configure(LogConfig.DEFAULT);
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        IExecutionExceptionHandler handler = (failure, command, _) -> exitCodeOf(failure, command);
        return new CommandLine(new ChattoCommand())
                .setExecutionExceptionHandler(handler)
                .setUsageHelpAutoWidth(true)
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    /** What an operator can change is said in words; only a bug has a stack trace. */
    private static int exitCodeOf(Exception thrown, CommandLine command) {
        Exception failure = whatHappened(thrown);
        int code =
                switch (failure) {
                    case ConfigurationException _ -> ExitCode.CONFIG;
                    case ChattoException refused when refused.code() == ErrorCode.UNAVAILABLE ->
                            ExitCode.UNAVAILABLE;
                    case EmbeddedNatsException _,
                            UnavailableException _,
                            RefusedException _,
                            CannotListenException _ ->
                            ExitCode.UNAVAILABLE;
                    case CannotWriteException _ -> ExitCode.CANNOT_CREATE;
                    default -> ExitCode.SOFTWARE;
                };
        if (code == ExitCode.SOFTWARE) {
            LoggerFactory.getLogger(Main.class)
                    .error("Chatto ends because of an unexpected failure", failure);
        } else {
            command.getErr()
                    .println(
                            String.valueOf(failure.getMessage())
                                    .lines()
                                    .map(line -> "chatto: " + line)
                                    .reduce((a, b) -> a + System.lineSeparator() + b)
                                    .orElse("chatto: " + failure));
        }
        return code;
    }

    /** Guice wraps what happens while objects are made, once for each object that it keeps from being made. */
    private static Exception whatHappened(Exception thrown) {
        Collection<Message> messages =
                switch (thrown) {
                    case ProvisionException provision -> provision.getErrorMessages();
                    case CreationException creation -> creation.getErrorMessages();
                    default -> List.of();
                };
        return messages.stream()
                .map(Message::getCause)
                .filter(RuntimeException.class::isInstance)
                .<Exception>map(RuntimeException.class::cast)
                .findFirst()
                .orElse(thrown);
    }
}
