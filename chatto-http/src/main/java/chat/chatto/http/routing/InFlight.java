package chat.chatto.http.routing;

import java.time.Duration;

/** Counts the requests that are being answered, bounds them, and lets a server that stops wait for the last. Safe for use by many threads. */
public final class InFlight {

    private final int limit;
    private int count;
    private boolean draining;

    /** @param limit how many requests are answered at once; more are refused */
    public InFlight(int limit) {
        this.limit = limit;
    }

    /** Whether the request may go on; then {@link #end()} must follow. */
    synchronized boolean begin() {
        if (count >= limit) {
            return false;
        }
        count++;
        return true;
    }

    synchronized void end() {
        count--;
        if (count == 0) {
            notifyAll();
        }
    }

    public synchronized int count() {
        return count;
    }

    synchronized boolean isDraining() {
        return draining;
    }

    /** From now on connections end after their answer. */
    public synchronized void drain() {
        draining = true;
    }

    /** Waits until nothing is being answered. @return whether that was reached in time */
    public synchronized boolean awaitNone(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (count > 0) {
            long millis = (deadline - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                return false;
            }
            wait(millis);
        }
        return true;
    }
}
