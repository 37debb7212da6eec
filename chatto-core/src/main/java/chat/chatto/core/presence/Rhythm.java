package chat.chatto.core.presence;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Does something over and over, with a pause each time, on a thread of its own. */
final class Rhythm implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Rhythm.class);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);

    private final Duration pause;
    private final Runnable step;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    private Rhythm(String name, Duration pause, Runnable step) {
        this.pause = pause;
        this.step = step;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
    }

    static Rhythm start(String name, Duration pause, Runnable step) {
        Rhythm rhythm = new Rhythm(name, pause, step);
        rhythm.thread.start();
        return rhythm;
    }

    private void run() {
        try {
            while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    step.run();
                } catch (RuntimeException e) {
                    log.error("A round of {} failed", thread.getName(), e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for the step that is under way. */
    @Override
    public void close() {
        closed.countDown();
        try {
            if (!thread.join(CLOSE_PATIENCE)) {
                log.warn("{} did not end in time", thread.getName());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
