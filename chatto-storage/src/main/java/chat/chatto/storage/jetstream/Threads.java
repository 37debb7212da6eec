package chat.chatto.storage.jetstream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;

/** Ends threads in an orderly way. */
final class Threads {

    private static final Logger log = LoggerFactory.getLogger(Threads.class);

    private Threads() {}

    /** Waits for a thread that was told to end; interrupts it when it does not, and says so when even that does not help. */
    static void join(Thread thread, Duration patience) {
        try {
            if (thread.join(patience)) {
                return;
            }
            thread.interrupt();
            if (!thread.join(patience)) {
                log.warn("The thread '{}' does not end", thread.getName());
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
