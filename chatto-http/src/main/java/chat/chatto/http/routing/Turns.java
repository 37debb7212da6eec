package chat.chatto.http.routing;

import chat.chatto.core.account.UserId;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Bounds how many requests that take much memory are served at once, in all and for one person. Safe for use by many threads.
 */
public final class Turns {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final int most;
    private final int mostOfOne;
    private final Map<UserId, Integer> serving = new HashMap<>(); // guarded by this
    private int all; // guarded by this

    public Turns(int most, int mostOfOne) {
        this.most = most;
        this.mostOfOne = mostOfOne;
    }

    /** Waits for a turn, for ten seconds at most. @return whether it came; then {@link #leave} must be called */
    public synchronized boolean enter(UserId user) {
        long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
        try {
            while (all >= most || serving.getOrDefault(user, 0) >= mostOfOne) {
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return false;
                }
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        all++;
        serving.merge(user, 1, Integer::sum);
        return true;
    }

    public synchronized void leave(UserId user) {
        all--;
        serving.computeIfPresent(user, (_, count) -> count == 1 ? null : count - 1);
        notifyAll();
    }
}
