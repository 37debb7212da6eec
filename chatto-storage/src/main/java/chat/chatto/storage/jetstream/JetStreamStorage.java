package chat.chatto.storage.jetstream;

import chat.chatto.storage.Broadcast;
import chat.chatto.storage.Bucket;
import chat.chatto.storage.EventLog;
import chat.chatto.storage.Follower;
import chat.chatto.storage.KeyValueStore;
import chat.chatto.storage.Leases;
import chat.chatto.storage.ObjectStore;
import chat.chatto.storage.Storage;
import chat.chatto.storage.StorageException;
import chat.chatto.storage.UnavailableException;

import io.nats.client.Connection;
import io.nats.client.api.StreamInfo;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeoutException;

/** The product's storage on one connection to NATS. Safe for use by many threads. */
public final class JetStreamStorage implements Storage {

    private static final Logger log = LoggerFactory.getLogger(JetStreamStorage.class);

    /** What a message needs beside its content: subject, headers, protocol. */
    private static final int ENVELOPE_SIZE = 4 << 10;

    private static final int LARGEST_CHUNK = 256 << 10;

    /** A lease must be renewed well before it runs out, so that nothing waits for long there. */
    private static final Duration LEASE_TIMEOUT = Duration.ofSeconds(2);

    private final JetStreamConfig config;
    private final Connection connection;
    private final ConnectionState state;
    private final Link link;
    private final Deliveries deliveries;
    private final TopologyReconciler reconciler;
    private final Map<String, StreamInfo> streams;
    private final Map<Bucket, KeyValueStore> buckets = new EnumMap<>(Bucket.class);
    private final List<EventLog> rooms = new ArrayList<>();
    private final List<KeyValueStore> pages = new ArrayList<>();
    private final EventLog notifications;
    private final ObjectStore assets;
    private final Broadcast broadcast;
    private final JetStreamLeases leases;

    private JetStreamStorage(
            JetStreamConfig config, Connection connection, ConnectionState state, Link link)
            throws IOException {
        this.config = config;
        this.connection = connection;
        this.state = state;
        this.link = link;
        this.deliveries = new Deliveries(link);
        this.reconciler = new TopologyReconciler(link, connection.jetStreamManagement(), config);
        this.streams = reconciler.reconcile();
        for (Bucket bucket : Bucket.values()) {
            buckets.put(bucket, keyValueStore(bucket.name(), link));
        }
        for (int shard = 1; shard <= config.shards(); shard++) {
            rooms.add(
                    new JetStreamEventLog(
                            link,
                            handle(Topology.rooms(shard), Topology.roomsPrefix(shard), link)));
            pages.add(keyValueStore(Topology.pages(shard), link));
        }
        this.notifications =
                new JetStreamEventLog(
                        link,
                        handle(Topology.notifications(), Topology.notificationsPrefix(), link));
        this.assets =
                new JetStreamObjectStore(
                        link,
                        handle(
                                Topology.objectStream(Topology.assets()),
                                Topology.objectPrefix(Topology.assets()),
                                link),
                        Math.min(LARGEST_CHUNK, maximumSize()));
        this.broadcast = new NatsBroadcast(connection);
        this.leases =
                new JetStreamLeases(
                        keyValueStore(Topology.leases(), link.withTimeout(LEASE_TIMEOUT)));
    }

    /**
     * Connects and reconciles the topology.
     *
     * @throws chat.chatto.storage.RefusedException when something has to be changed first; the message says what
     * @throws UnavailableException when NATS cannot be reached, or JetStream has no leader
     */
    public static JetStreamStorage open(JetStreamConfig config) {
        ConnectionState state = new ConnectionState();
        Connection connection = NatsConnections.open(config, state);
        try {
            Link link = new Link(connection, config.requestTimeout());
            JetStreamStorage storage = new JetStreamStorage(config, connection, state, link);
            state.observe(storage.new Reconnection());
            state.begin(connection, storage::timelinesWritable);
            return storage;
        } catch (IOException e) {
            closeAfter(connection, e);
            throw new UnavailableException("JetStream does not answer", e);
        } catch (RuntimeException e) {
            closeAfter(connection, e);
            throw e;
        }
    }

    private static void closeAfter(Connection connection, Exception failure) {
        try {
            connection.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failure.addSuppressed(e);
        }
    }

    private final class Reconnection implements ConnectionState.Observer {
        @Override
        public void lost() {
            link.connectionLost();
        }

        @Override
        public void regained() {
            deliveries.reconnected();
            Thread.ofVirtual().name("reconcile").start(JetStreamStorage.this::reconcileInMemory);
        }
    }

    /** Should the connection be lost meanwhile, the next one begins this again. */
    private void reconcileInMemory() {
        while (connection.getStatus() == Connection.Status.CONNECTED) {
            try {
                reconciler.reconcileInMemory();
                return;
            } catch (StorageException e) {
                log.warn("What NATS keeps in memory is not ready after a reconnection", e);
            }
        }
    }

    /** Whether the logs of all timelines have leaders, and these a majority of replicas. */
    private boolean timelinesWritable() {
        for (int shard = 1; shard <= config.shards(); shard++) {
            if (!link.isWritable(Topology.rooms(shard))) {
                return false;
            }
        }
        return true;
    }

    private KeyValueStore keyValueStore(String bucket, Link through) {
        StreamHandle handle =
                handle(Topology.bucketStream(bucket), Topology.bucketPrefix(bucket), through);
        return new JetStreamKeyValueStore(handle, new Transactions(through));
    }

    private StreamHandle handle(String name, String prefix, Link through) {
        StreamInfo info = streams.get(name);
        if (info == null) {
            throw new IllegalStateException("The topology does not list the stream " + name);
        }
        return StreamHandle.of(info, prefix, through, deliveries, maximumSize());
    }

    @Override
    public KeyValueStore bucket(Bucket bucket) {
        return Objects.requireNonNull(buckets.get(bucket));
    }

    @Override
    public int shards() {
        return config.shards();
    }

    @Override
    public EventLog rooms(int shard) {
        return rooms.get(shard - 1);
    }

    @Override
    public KeyValueStore pages(int shard) {
        return pages.get(shard - 1);
    }

    @Override
    public EventLog notifications() {
        return notifications;
    }

    @Override
    public ObjectStore assets() {
        return assets;
    }

    @Override
    public Broadcast broadcast() {
        return broadcast;
    }

    @Override
    public Leases leases() {
        return leases;
    }

    @Override
    public int maximumSize() {
        return maximumSize(connection);
    }

    static int maximumSize(Connection connection) {
        return (int) connection.getMaxPayload() - ENVELOPE_SIZE;
    }

    @Override
    public Status status() {
        return state.status();
    }

    @Override
    public void onStatusChange(Follower<Status> listener) {
        state.listen(listener);
    }

    @Override
    public void close() {
        leases.close();
        deliveries.close();
        state.close();
        try {
            if (connection.getStatus() == Connection.Status.CONNECTED) {
                connection.flush(config.requestTimeout());
            }
        } catch (TimeoutException e) {
            log.warn("NATS did not take the last messages in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            connection.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
