package chat.chatto.storage.jetstream;

import chat.chatto.storage.EventLog;
import chat.chatto.storage.KeyValueStore;
import chat.chatto.storage.RefusedException;
import chat.chatto.storage.StorageInspection;
import chat.chatto.storage.StorageReport;
import chat.chatto.storage.UnavailableException;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.StreamInfo;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Looks at the product's streams on a connection of its own. Safe for use by many threads. */
public final class JetStreamInspection implements StorageInspection {

    private final JetStreamConfig config;
    private final List<URI> monitors;
    private final Connection connection;
    private final ConnectionState state;
    private final Link link;
    private final Deliveries deliveries;

    private JetStreamInspection(
            JetStreamConfig config,
            List<URI> monitors,
            Connection connection,
            ConnectionState state) {
        this.config = config;
        this.monitors = List.copyOf(monitors);
        this.connection = connection;
        this.state = state;
        this.link = new Link(connection, config.requestTimeout());
        this.deliveries = new Deliveries(link);
    }

    /**
     * Connects.
     *
     * @param monitors addresses of the servers' monitoring, as {@code http://host:8222}; may be empty
     * @throws RefusedException when the configuration must be changed first
     * @throws UnavailableException when no server can be reached
     */
    public static JetStreamInspection open(JetStreamConfig config, List<URI> monitors) {
        ConnectionState state = new ConnectionState();
        Connection connection = NatsConnections.open(config, state);
        JetStreamInspection inspection =
                new JetStreamInspection(config, monitors, connection, state);
        state.observe(inspection.new Reconnection());
        return inspection;
    }

    private final class Reconnection implements ConnectionState.Observer {
        @Override
        public void lost() {
            link.connectionLost();
        }

        @Override
        public void regained() {
            deliveries.reconnected();
        }
    }

    @Override
    public StorageReport look() {
        ServerSurvey servers = new ServerSurvey(config, monitors);
        StreamSurvey streams = new StreamSurvey(link, connection.getServerInfo().getServerName());
        var resources = streams.look(Topology.stores(config.replicas(), config.shards()));
        return new StorageReport(
                servers.look(),
                TopologyReconciler.OLDEST_SERVER,
                resources,
                streams.quotas(),
                streams.clocks());
    }

    @Override
    public int shards() {
        return config.shards();
    }

    @Override
    public Optional<EventLog> rooms(int shard) {
        return find(Topology.rooms(shard), Topology.roomsPrefix(shard))
                .map(handle -> new JetStreamEventLog(link, handle));
    }

    @Override
    public Optional<KeyValueStore> pages(int shard) {
        String bucket = Topology.pages(shard);
        return find(Topology.bucketStream(bucket), Topology.bucketPrefix(bucket))
                .map(handle -> new JetStreamKeyValueStore(handle, new Transactions(link)));
    }

    private Optional<StreamHandle> find(String stream, String prefix) {
        try {
            StreamInfo info = connection.jetStreamManagement().getStreamInfo(stream);
            return Optional.of(
                    StreamHandle.of(
                            info,
                            prefix,
                            link,
                            deliveries,
                            JetStreamStorage.maximumSize(connection)));
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() == ApiError.STREAM_NOT_FOUND) {
                return Optional.empty();
            }
            throw new UnavailableException(stream + " does not answer: " + e.getMessage(), e);
        } catch (IOException | IllegalStateException e) {
            throw new UnavailableException(stream + " does not answer: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        deliveries.close();
        state.close();
        try {
            connection.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
