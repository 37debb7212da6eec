package chat.chatto.storage.jetstream;

import chat.chatto.storage.Follower;
import chat.chatto.storage.Storage.Status;

import io.nats.client.Connection;
import io.nats.client.ConnectionListener;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Knows whether there is a connection and how far away the server is. Safe for use by many threads. */
final class ConnectionState implements ConnectionListener, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ConnectionState.class);

    private static final Duration MEASURING_INTERVAL = Duration.ofSeconds(5);

    /** What has to be done when connections come and go. */
    interface Observer {
        void lost();

        void regained();
    }

    private final List<Observer> observers = new CopyOnWriteArrayList<>();
    private final List<Follower<Status>> listeners = new CopyOnWriteArrayList<>();
    private volatile Status status = new Status(false, "connecting", Duration.ZERO);
    private volatile @Nullable Thread measuring;

    void observe(Observer observer) {
        observers.add(observer);
    }

    void listen(Follower<Status> listener) {
        listeners.add(listener);
    }

    Status status() {
        return status;
    }

    /** Begins to measure the round trip now and then. */
    void begin(Connection connection) {
        connected(connection);
        measuring = Thread.ofVirtual().name("nats round trip").start(() -> measure(connection));
    }

    private void measure(Connection connection) {
        try {
            while (connection.getStatus() != Connection.Status.CLOSED) {
                if (connection.getStatus() == Connection.Status.CONNECTED) {
                    measureOnce(connection);
                }
                Thread.sleep(MEASURING_INTERVAL);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void measureOnce(Connection connection) {
        try {
            Duration roundTrip = connection.RTT();
            Status known = status;
            if (known.connected()) {
                status = new Status(true, known.detail(), roundTrip);
            }
        } catch (IOException | IllegalStateException e) {
            log.debug("The round trip to NATS could not be measured", e);
        }
    }

    @Override
    @SuppressWarnings("deprecation") // still the only method that the interface demands
    public void connectionEvent(Connection connection, Events event) {
        switch (event) {
            case RESUBSCRIBED -> {
                connected(connection);
                observers.forEach(Observer::regained);
            }
            case DISCONNECTED, CLOSED -> {
                disconnected(connection);
                observers.forEach(Observer::lost);
            }
            case LAME_DUCK -> log.info("The NATS server is about to stop");
            case CONNECTED, RECONNECTED, DISCOVERED_SERVERS ->
                    log.debug("NATS connection event: {}", event);
        }
    }

    private void connected(Connection connection) {
        change(new Status(true, "connected to " + connection.getConnectedUrl(), Duration.ZERO));
    }

    private void disconnected(Connection connection) {
        String error = connection.getLastError();
        change(
                new Status(
                        false,
                        "not connected to NATS"
                                + (error == null || error.isEmpty() ? "" : ": " + error),
                        Duration.ZERO));
    }

    private synchronized void change(Status next) {
        boolean changed = next.connected() != status.connected();
        status = next;
        if (changed) {
            log.info("Storage is {}", next.detail());
            listeners.forEach(listener -> listener.accept(next));
        }
    }

    @Override
    public void close() {
        Thread thread = measuring;
        if (thread != null) {
            thread.interrupt();
        }
    }
}
