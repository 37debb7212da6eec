package chat.chatto.launcher;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What has been started, to be stopped in reverse, once, whether the start succeeded or not. Safe for use by many threads: a signal may
 * come while the server still starts.
 */
final class Shutdown implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);

    private final Deque<Step> steps = new ArrayDeque<>();
    private final Object closing = new Object();
    private boolean begun;
    private volatile boolean done;

    private record Step(String name, AutoCloseable action) {}

    /**
     * Adds what has just been started. When stopping has begun already, it is stopped at once.
     *
     * @throws StoppedException when stopping has begun: the start must not go on
     */
    <T extends AutoCloseable> T stopLater(String name, T started) {
        synchronized (this) {
            if (!begun) {
                steps.push(new Step(name, started));
                return started;
            }
        }
        stop(new Step(name, started));
        throw new StoppedException();
    }

    /**
     * Stops everything, the last started first; a failure does not keep the others from being stopped. Returns when everything has
     * stopped, whoever stops it.
     */
    @Override
    public void close() {
        synchronized (closing) {
            for (Step step = next(); step != null; step = next()) {
                stop(step);
            }
            done = true;
        }
    }

    /** Whether everything has stopped. */
    boolean isDone() {
        return done;
    }

    private synchronized @Nullable Step next() {
        begun = true;
        return steps.poll();
    }

    private static void stop(Step step) {
        long begin = System.nanoTime();
        try {
            step.action().close();
            LOG.debug(
                    "Stopped {} in {} ms",
                    step.name(),
                    Duration.ofNanos(System.nanoTime() - begin).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.warn("Interrupted while stopping {}", step.name());
        } catch (Exception e) {
            LOG.error("{} did not stop cleanly", step.name(), e);
        }
    }
}
