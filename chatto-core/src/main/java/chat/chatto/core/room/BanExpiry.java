package chat.chatto.core.room;

import jakarta.inject.Inject;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * Notices, on a thread of its own, when a ban runs out: in a universal room the person belongs to it again from that moment. It waits for the
 * next ban to end, and looks at no others.
 */
public final class BanExpiry implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final RoomDirectory directory;
    private @Nullable Thread thread;

    @Inject
    public BanExpiry(RoomDirectory directory) {
        this.directory = directory;
    }

    /** Begins; call it once. */
    public void start() {
        thread = Thread.ofVirtual().name("ban-expiry").start(this::run);
    }

    private void run() {
        try {
            while (true) {
                directory.bans().awaitExpired();
                directory.endBans();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // Closed.
        }
    }

    @Override
    public void close() {
        Thread running = thread;
        if (running == null) {
            return;
        }
        running.interrupt();
        try {
            running.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
