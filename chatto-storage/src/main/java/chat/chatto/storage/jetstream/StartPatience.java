package chat.chatto.storage.jetstream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;

/** Bears with a cluster that is just starting, and says now and then what it waits for. For one thread. */
final class StartPatience {

    private static final Logger log = LoggerFactory.getLogger(StartPatience.class);

    /** Electing a leader takes a second or two; that is not worth a word. */
    private static final Duration FIRST_REPORT = Duration.ofSeconds(3);

    private static final Duration REPORT = Duration.ofSeconds(5);

    private final Deadline deadline;
    private long nextReport = System.nanoTime() + FIRST_REPORT.toNanos();

    StartPatience(Duration time) {
        deadline = Deadline.after(time);
    }

    boolean exhausted() {
        return deadline.passed();
    }

    /** Waits a little before the next attempt. */
    void pause(String reason) {
        if (System.nanoTime() - nextReport >= 0) {
            log.warn("Waiting for NATS: {}", reason);
            nextReport = System.nanoTime() + REPORT.toNanos();
        }
        deadline.pause();
    }
}
