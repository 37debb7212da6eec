package chat.chatto.launcher;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** Stops the server when the process is told to end (SIGTERM, SIGINT), within a bounded time. */
final class Termination {

    private static final Logger LOG = LoggerFactory.getLogger(Termination.class);
    private static final Duration LIMIT = Duration.ofSeconds(40);

    private Termination() {}

    /** Has the shutdown run when a signal arrives; the process then ends with status 0, as one that did what it was told. */
    static void onSignal(Shutdown shutdown) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(shutdown), "shutdown"));
    }

    /** Blocks for good: a signal ends the process. */
    static void await() throws InterruptedException {
        new CountDownLatch(1).await();
    }

    private static void stop(Shutdown shutdown) {
        if (shutdown.isDone()) {
            return;
        }
        LOG.info("Stopping");
        Thread stopping = Thread.ofPlatform().name("stopping").daemon().start(shutdown::close);
        try {
            if (!stopping.join(LIMIT)) {
                LOG.error("Stopping took more than {} s and is broken off", LIMIT.toSeconds());
                Runtime.getRuntime().halt(ExitCode.SOFTWARE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        LOG.info("Stopped");
        // Returning would end the process with the signal's number.
        Runtime.getRuntime().halt(ExitCode.OK);
    }
}
