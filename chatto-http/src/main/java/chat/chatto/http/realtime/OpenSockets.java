package chat.chatto.http.realtime;

import io.undertow.websockets.core.WebSocketChannel;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * The sockets that are not closed yet, whatever their clients were told; lets a server that stops wait for the last. Safe for use by many
 * threads.
 */
final class OpenSockets {

    private final Set<WebSocketChannel> open = new HashSet<>();

    /** Takes in a socket until it is closed. */
    void add(WebSocketChannel socket) {
        synchronized (this) {
            open.add(socket);
        }
        socket.addCloseTask(this::remove);
        if (!socket.isOpen()) {
            remove(socket); // Closed before the task was there.
        }
    }

    synchronized int count() {
        return open.size();
    }

    /** Waits until all are closed. @return whether that was reached in time */
    synchronized boolean awaitNone(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!open.isEmpty()) {
            long millis = (deadline - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                return false;
            }
            wait(millis);
        }
        return true;
    }

    private synchronized void remove(WebSocketChannel socket) {
        open.remove(socket);
        if (open.isEmpty()) {
            notifyAll();
        }
    }
}
