package chat.chatto.storage.jetstream;

import chat.chatto.storage.RefusedException;
import chat.chatto.storage.UnavailableException;

import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.ServerInfo;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.api.StreamInfo;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Makes what is in JetStream what {@link Topology} says: creates what is missing, adjusts limits, raises replicas. It never removes
 * anything nor lowers replicas. Several servers may do this at once.
 */
final class TopologyReconciler {

    private static final Logger log = LoggerFactory.getLogger(TopologyReconciler.class);

    static final String OLDEST_SERVER = "2.12.0";

    /** How long a cluster that is just starting gets to elect its leaders. */
    private static final Duration START_PATIENCE = Duration.ofSeconds(30);

    private static final String NO_MAJORITY =
            "JetStream does not answer; a majority of the cluster's servers must be up";

    private final Link link;
    private final JetStreamManagement management;
    private final JetStreamConfig config;

    TopologyReconciler(Link link, JetStreamManagement management, JetStreamConfig config) {
        this.link = link;
        this.management = management;
        this.config = config;
    }

    /** Does it all; returns every stream as it is then, by name. */
    Map<String, StreamInfo> reconcile() {
        checkServer(link.connection().getServerInfo());
        StartPatience patience = new StartPatience(START_PATIENCE);
        Map<String, StreamInfo> streams = new LinkedHashMap<>();
        for (Topology.Store store : Topology.stores(config.replicas(), config.shards())) {
            streams.put(store.stream(), patiently(store, patience));
        }
        return streams;
    }

    /** As {@link #reconcile}, for what a server that runs alone has forgotten when it comes back. */
    void reconcileInMemory() {
        StartPatience patience = new StartPatience(START_PATIENCE);
        Topology.stores(config.replicas(), config.shards()).stream()
                .filter(Topology.Store::inMemory)
                .forEach(store -> patiently(store, patience));
    }

    private static void checkServer(ServerInfo server) {
        if (!server.isSameOrNewerThanVersion(OLDEST_SERVER)) {
            throw new RefusedException(
                    "nats-server "
                            + server.getVersion()
                            + " is too old: Chatto needs "
                            + OLDEST_SERVER
                            + " or newer; upgrade the NATS servers");
        }
        if (!server.isJetStreamAvailable()) {
            throw new RefusedException(
                    "JetStream is not enabled on the NATS server "
                            + server.getServerName()
                            + ": add a jetstream block to its configuration");
        }
    }

    private StreamInfo patiently(Topology.Store store, StartPatience patience) {
        while (true) {
            try {
                return reconcile(store);
            } catch (JetStreamApiException e) {
                if (!mayPass(e) || (patience.exhausted() && !isLeaderless(e))) {
                    throw refusal(store, e);
                }
                giveUpOrPause(patience, lack(e), e);
            } catch (IOException | IllegalStateException e) {
                giveUpOrPause(patience, NO_MAJORITY, e);
            }
        }
    }

    private String lack(JetStreamApiException e) {
        return e.getApiErrorCode() == ApiError.NO_SUITABLE_PEERS
                ? "too few NATS servers are up for nats.replicas = " + config.replicas()
                : NO_MAJORITY;
    }

    /** A cluster without a majority is there, in a way; the others may be started at any time. */
    private static void giveUpOrPause(StartPatience patience, String lack, Exception e) {
        String why = lack + " (" + e.getMessage() + ")";
        if (patience.exhausted()) {
            throw new UnavailableException(why, e);
        }
        patience.pause(why);
    }

    private StreamInfo reconcile(Topology.Store store) throws IOException, JetStreamApiException {
        StreamInfo present;
        try {
            present = management.getStreamInfo(store.stream());
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() != ApiError.STREAM_NOT_FOUND) {
                throw e;
            }
            log.info("Creating {} ({})", store.name(), store.holds());
            return management.addStream(store.configuration());
        }
        return adjust(store, present);
    }

    private StreamInfo adjust(Topology.Store store, StreamInfo present)
            throws IOException, JetStreamApiException {
        StreamConfiguration actual = present.getConfiguration();
        StreamConfiguration wanted = store.configuration();
        if (actual.getStorageType() != wanted.getStorageType()) {
            throw new RefusedException(
                    "The stream "
                            + store.stream()
                            + " is kept in "
                            + actual.getStorageType()
                            + " but should be in "
                            + wanted.getStorageType()
                            + ", which cannot be changed: copy what it holds, delete it and start"
                            + " again");
        }
        StreamConfiguration target = merge(actual, wanted);
        if (isSame(actual, target)) {
            return present;
        }
        log.info("Adjusting {}: {} replicas", store.name(), target.getReplicas());
        return management.updateStream(target);
    }

    /** Ours where we have an opinion, theirs where an operator may have one, and never fewer replicas than there are. */
    private static StreamConfiguration merge(
            StreamConfiguration actual, StreamConfiguration wanted) {
        int replicas = Math.max(actual.getReplicas(), wanted.getReplicas());
        if (replicas > wanted.getReplicas()) {
            log.warn(
                    "{} has {} replicas, more than configured; they stay",
                    actual.getName(),
                    replicas);
        }
        return StreamConfiguration.builder(actual)
                .replicas(replicas)
                .subjects(wanted.getSubjects())
                .maxMessagesPerSubject(wanted.getMaxMsgsPerSubject())
                .maxAge(wanted.getMaxAge())
                .duplicateWindow(wanted.getDuplicateWindow())
                .compressionOption(wanted.getCompressionOption())
                .allowDirect(wanted.getAllowDirect() && replicas == wanted.getReplicas())
                .allowRollup(wanted.getAllowRollup())
                // NATS cannot take back this permission; a stream that once had it keeps it.
                .allowMessageTtl(wanted.getAllowMessageTtl() || actual.getAllowMessageTtl())
                .allowAtomicPublish(wanted.getAllowAtomicPublish())
                .subjectDeleteMarkerTtl(wanted.getSubjectDeleteMarkerTtl())
                .build();
    }

    private static boolean isSame(StreamConfiguration actual, StreamConfiguration target) {
        return actual.toJson().equals(target.toJson());
    }

    private static boolean isLeaderless(JetStreamApiException e) {
        return switch (e.getApiErrorCode()) {
            case ApiError.CLUSTER_NOT_AVAILABLE, ApiError.NOT_LEADER, ApiError.STREAM_OFFLINE ->
                    true;
            default -> false;
        };
    }

    private static boolean mayPass(JetStreamApiException e) {
        return isLeaderless(e)
                || e.getApiErrorCode() == ApiError.STREAM_NAME_IN_USE
                || e.getApiErrorCode() == ApiError.NO_SUITABLE_PEERS;
    }

    private RefusedException refusal(Topology.Store store, JetStreamApiException e) {
        String message =
                switch (e.getApiErrorCode()) {
                    case ApiError.NO_SUITABLE_PEERS, ApiError.REPLICAS_NEED_CLUSTER ->
                            "nats.replicas is "
                                    + config.replicas()
                                    + ", which needs a NATS cluster of at least "
                                    + config.replicas()
                                    + " servers with JetStream: start more of them, or set"
                                    + " nats.replicas = 1";
                    case ApiError.NOT_ENABLED, ApiError.NOT_ENABLED_FOR_ACCOUNT ->
                            "JetStream is not enabled for the account that Chatto connects with:"
                                    + " enable it in the NATS configuration";
                    default -> "JetStream refuses " + store.name();
                };
        return new RefusedException(message + " (" + e.getMessage() + ")", e);
    }
}
