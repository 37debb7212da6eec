package chat.chatto.launcher;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** Stops the server when the process is told to end (SIGTERM, SIGINT), within a bounded time. */
final class Termination {

    private static final Logger LOG = LoggerFactory.getLogger(Termination.class);

    /** Without the time that the load balancer is given. */
    private static final Duration LIMIT = Duration.ofSeconds(40);

    private Termination() {}

    /**
     * Has the shutdown run when a signal arrives; the process then ends with status 0, as one that did what it was told.
     *
     * @param drainDelay how long the shutdown takes at least
     */
    static void onSignal(Shutdown shutdown, Duration drainDelay) {
        Duration limit = LIMIT.plus(drainDelay);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(shutdown, limit), "shutdown"));
    }

    /** Blocks for good: a signal ends the process. */
    static void await() throws InterruptedException {
        new CountDownLatch(1).await();
    }

    private static void stop(Shutdown shutdown, Duration limit) {
        if (shutdown.isDone()) {
            return;
        }
        LOG.info("Stopping");
        Thread stopping = Thread.ofPlatform().name("stopping").daemon().start(shutdown::close);
        try {
            if (!stopping.join(limit)) {
                LOG.error("Stopping took more than {} s and is broken off", limit.toSeconds());
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
