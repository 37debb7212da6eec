package chat.chatto.storage.jetstream;

import chat.chatto.storage.Follower;
import chat.chatto.storage.Storage.Status;

import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.ForceReconnectOptions;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Knows whether there is a connection, how far away the server is, and whether JetStream takes writes there. A server that has stopped
 * answering, or is cut off from the others of its cluster, is left for another one. Safe for use by many threads.
 */
final class ConnectionState implements ConnectionListener, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ConnectionState.class);

    private static final Duration LOOKING_INTERVAL = Duration.ofSeconds(1);

    /** How often in a row JetStream must not take writes before that counts: an election may take a moment. */
    private static final int FAILURES = 2;

    /** As long as this an election takes at most; when JetStream takes no writes after it, other servers may know better. */
    private static final Duration LONGEST_ELECTION = Duration.ofSeconds(7);

    /** What has to be done when connections come and go. */
    interface Observer {
        void lost();

        void regained();
    }

    /** Asks, within a second or two, whether writes can be confirmed. */
    @FunctionalInterface
    interface Probe {
        boolean writable();
    }

    private final List<Observer> observers = new CopyOnWriteArrayList<>();
    private final List<Follower<Status>> listeners = new CopyOnWriteArrayList<>();
    private volatile Status status = new Status(false, false, "connecting", Duration.ZERO);
    private volatile @Nullable Thread looking;

    void observe(Observer observer) {
        observers.add(observer);
    }

    void listen(Follower<Status> listener) {
        listeners.add(listener);
    }

    Status status() {
        return status;
    }

    /** Begins to look at the connection all the time; writes were possible a moment ago. */
    void begin(Connection connection, Probe probe) {
        change(connected(connection, true));
        looking = Thread.ofVirtual().name("nats health").start(() -> look(connection, probe));
    }

    private void look(Connection connection, Probe probe) {
        int silences = 0;
        int failures = 0;
        long lastGood = System.nanoTime();
        try {
            while (connection.getStatus() != Connection.Status.CLOSED) {
                if (connection.getStatus() == Connection.Status.CONNECTED) {
                    silences = measure(connection) ? 0 : silences + 1;
                    failures = silences == 0 && probe.writable() ? 0 : failures + 1;
                    if (failures == 0) {
                        lastGood = System.nanoTime();
                        writable(true);
                    } else if (failures >= FAILURES) {
                        writable(false);
                    }
                    boolean tooLong = System.nanoTime() - lastGood > LONGEST_ELECTION.toNanos();
                    if ((silences >= FAILURES || tooLong) && connection.getServers().size() > 1) {
                        leave(connection, silences > 0);
                        silences = 0;
                        lastGood = System.nanoTime();
                    }
                } else {
                    lastGood = System.nanoTime();
                }
                Thread.sleep(LOOKING_INTERVAL);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void leave(Connection connection, boolean silent) throws InterruptedException {
        log.warn(
                "NATS at {} {}: trying another server",
                connection.getConnectedUrl(),
                silent ? "does not answer" : "takes no writes");
        try {
            connection.forceReconnect(ForceReconnectOptions.FORCE_CLOSE_INSTANCE);
        } catch (IOException | IllegalStateException e) {
            log.debug("No other server was reached at once", e);
        }
    }

    /** Whether the server answers. */
    private boolean measure(Connection connection) {
        try {
            Duration roundTrip = connection.RTT();
            synchronized (this) {
                if (status.connected()) {
                    status = new Status(true, status.writable(), status.detail(), roundTrip);
                }
            }
            return true;
        } catch (IOException | IllegalStateException e) {
            log.debug("The round trip to NATS could not be measured", e);
            return false;
        }
    }

    @Override
    @SuppressWarnings("deprecation") // still the only method that the interface demands
    public void connectionEvent(Connection connection, Events event) {
        switch (event) {
            case RESUBSCRIBED -> {
                change(connected(connection, false));
                observers.forEach(Observer::regained);
            }
            case DISCONNECTED, CLOSED -> {
                change(disconnected(connection));
                observers.forEach(Observer::lost);
            }
            case LAME_DUCK -> log.info("The NATS server is about to stop");
            case CONNECTED, RECONNECTED, DISCOVERED_SERVERS ->
                    log.debug("NATS connection event: {}", event);
        }
    }

    private static Status connected(Connection connection, boolean writable) {
        return new Status(
                true, writable, "connected to " + connection.getConnectedUrl(), Duration.ZERO);
    }

    private static Status disconnected(Connection connection) {
        String error = connection.getLastError();
        return new Status(
                false,
                false,
                "not connected to NATS" + (error == null || error.isEmpty() ? "" : ": " + error),
                Duration.ZERO);
    }

    private synchronized void writable(boolean writable) {
        if (status.connected()) {
            change(new Status(true, writable, status.detail(), status.roundTrip()));
        }
    }

    private synchronized void change(Status next) {
        Status before = status;
        status = next;
        if (next.connected() != before.connected()) {
            log.info("Storage is {}", next.detail());
        }
        if (next.connected() && next.writable() != before.writable()) {
            log.info("Storage {}", next.writable() ? "takes writes" : "takes no writes");
        }
        if (next.connected() != before.connected() || next.writable() != before.writable()) {
            listeners.forEach(listener -> listener.accept(next));
        }
    }

    @Override
    public void close() {
        Thread thread = looking;
        if (thread != null) {
            thread.interrupt();
        }
    }
}
