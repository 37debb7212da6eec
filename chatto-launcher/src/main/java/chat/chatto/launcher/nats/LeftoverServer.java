package chat.chatto.launcher.nats;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Finds the nats-server that a killed Chatto left behind on this data directory. It normally ends by itself within a moment; this makes
 * sure of it, and lets it finish writing.
 */
final class LeftoverServer {

    private static final Logger LOG = LoggerFactory.getLogger(LeftoverServer.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private LeftoverServer() {}

    /**
     * Returns when no nats-server runs with the configuration file any more.
     *
     * @param pidFile as the leftover wrote it; it may be missing, or name a process that has nothing to do with us
     * @throws EmbeddedNatsException when the leftover cannot be ended
     */
    static void stop(Path pidFile, Path configurationFile) {
        find(pidFile, configurationFile)
                .ifPresent(
                        process -> {
                            LOG.info(
                                    "Stopping the nats-server that an earlier Chatto left behind,"
                                            + " process {}",
                                    process.pid());
                            process.destroy();
                            if (!endsWithin(process, PATIENCE)) {
                                process.destroyForcibly();
                                if (!endsWithin(process, PATIENCE)) {
                                    throw new EmbeddedNatsException(
                                            "process "
                                                    + process.pid()
                                                    + ", a nats-server left behind by an earlier"
                                                    + " Chatto, does not end");
                                }
                            }
                        });
    }

    /** The nats-server that runs with the configuration file, if one does. */
    static Optional<ProcessHandle> find(Path pidFile, Path configurationFile) {
        return read(pidFile)
                .flatMap(ProcessHandle::of)
                .filter(ProcessHandle::isAlive)
                .filter(process -> runsWith(process, configurationFile));
    }

    private static Optional<Long> read(Path pidFile) {
        try {
            String text = Files.readString(pidFile).strip();
            return text.matches("\\d{1,18}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new EmbeddedNatsException("cannot read " + pidFile + ": " + e, e);
        }
    }

    /** Process numbers are reused: only the arguments prove that the process is ours. */
    private static boolean runsWith(ProcessHandle process, Path configurationFile) {
        return process.info()
                .arguments()
                .map(arguments -> Arrays.asList(arguments).contains(configurationFile.toString()))
                .orElse(false);
    }

    private static boolean endsWithin(ProcessHandle process, Duration limit) {
        try {
            process.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
