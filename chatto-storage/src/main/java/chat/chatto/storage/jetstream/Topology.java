package chat.chatto.storage.jetstream;

import chat.chatto.storage.Bucket;

import io.nats.client.api.CompressionOption;
import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * All that the product stores in JetStream: which streams and buckets exist, what they hold and within which limits, all with the one
 * number of replicas. A bucket is a stream too, laid out so that NATS's own tools show it as a key-value or object store.
 */
public final class Topology {

    /** How long a server is reported as being there after it last said so. */
    private static final Duration PRESENCE_AGE = Duration.ofSeconds(60);

    private static final Duration NOTIFICATION_AGE = Duration.ofDays(90);

    /** How long the server keeps its note that a value outlived its time, for those that watch. */
    private static final Duration EXPIRY_NOTE = Duration.ofMinutes(10);

    /** For how long a message sent twice is noticed: longer than anybody repeats an attempt. */
    private static final Duration DUPLICATES = Duration.ofSeconds(30);

    private static final long UNLIMITED = -1;

    private static final String LEASES = "LEASES";
    private static final String ASSETS = "ASSETS";
    private static final String NOTIFICATIONS = "NOTIFICATIONS";
    private static final String NOTIFICATIONS_PREFIX = "notifications.";

    private Topology() {}

    /** What a stream is to those who use it. */
    public enum Kind {
        LOG,
        KEY_VALUE,
        OBJECTS
    }

    /**
     * One stream or bucket.
     *
     * @param name as operators see it
     * @param holds what is in it, for people
     * @param inMemory whether it is gone when all replicas stop
     */
    public record Store(
            String name,
            Kind kind,
            String holds,
            boolean inMemory,
            StreamConfiguration configuration) {

        /** The name of the stream, as NATS knows it. */
        public String stream() {
            return configuration.getName();
        }
    }

    /** Everything, in the order in which it is created. */
    public static List<Store> stores(int replicas, int shards) {
        List<Store> stores = new ArrayList<>();
        stores.add(
                file(
                        bucket(Bucket.SERVER, replicas)
                                .allowAtomicPublish(true)
                                .compressionOption(CompressionOption.S2),
                        "users, rooms, memberships, roles, configuration"));
        stores.add(file(bucket(Bucket.READ_STATE, replicas), "read positions"));
        stores.add(
                file(
                        bucket(Bucket.ATTENTION, replicas),
                        "followed threads, notifications that were seen"));
        stores.add(
                file(
                        bucket(Bucket.AUTH_TOKENS, replicas)
                                .allowMessageTtl(true)
                                .subjectDeleteMarkerTtl(EXPIRY_NOTE),
                        "hashes of tokens and sessions"));
        stores.add(
                memory(
                        bucket(Bucket.PRESENCE, replicas)
                                .maxAge(PRESENCE_AGE)
                                .allowMessageTtl(true)
                                .subjectDeleteMarkerTtl(EXPIRY_NOTE),
                        "who is online"));
        stores.add(
                file(
                        bucket(Bucket.SLOW_MODE, replicas).allowMessageTtl(true),
                        "who wrote when into slow rooms"));
        stores.add(
                memory(
                        bucket(LEASES, replicas).allowMessageTtl(true),
                        "which server runs a singleton job"));
        stores.add(
                file(
                        bucket(Bucket.FILES, replicas),
                        "files that arrive, and which files rooms have had"));
        stores.add(
                file(
                        bucket(Bucket.ENCRYPTION_KEYS, replicas).allowAtomicPublish(true),
                        "wrapped data keys"));
        for (int shard = 1; shard <= shards; shard++) {
            stores.add(
                    file(
                            log(rooms(shard), roomsPrefix(shard), replicas),
                            "commit log of room timelines"));
            stores.add(
                    file(
                            bucket(pages(shard), replicas).allowAtomicPublish(true),
                            "folded timeline pages and room heads"));
        }
        stores.add(
                file(
                        log(NOTIFICATIONS, NOTIFICATIONS_PREFIX, replicas).maxAge(NOTIFICATION_AGE),
                        "notifications"));
        stores.add(file(objects(ASSETS, replicas), "avatars and attachments"));
        return List.copyOf(stores);
    }

    static String rooms(int shard) {
        return "ROOMS_" + shard;
    }

    static String roomsPrefix(int shard) {
        return "rooms." + shard + ".";
    }

    static String pages(int shard) {
        return "PAGES_" + shard;
    }

    static String leases() {
        return LEASES;
    }

    static String notifications() {
        return NOTIFICATIONS;
    }

    static String notificationsPrefix() {
        return NOTIFICATIONS_PREFIX;
    }

    static String assets() {
        return ASSETS;
    }

    static String bucketStream(String bucket) {
        return "KV_" + bucket;
    }

    static String bucketPrefix(String bucket) {
        return "$KV." + bucket + ".";
    }

    static String objectStream(String bucket) {
        return "OBJ_" + bucket;
    }

    static String objectPrefix(String bucket) {
        return "$O." + bucket + ".";
    }

    private static Store file(StreamConfiguration.Builder builder, String holds) {
        return store(builder.storageType(StorageType.File).build(), holds);
    }

    private static Store memory(StreamConfiguration.Builder builder, String holds) {
        return store(builder.storageType(StorageType.Memory).build(), holds);
    }

    private static Store store(StreamConfiguration configuration, String holds) {
        String stream = configuration.getName();
        boolean memory = configuration.getStorageType() == StorageType.Memory;
        if (stream.startsWith("KV_")) {
            return new Store(
                    stream.substring("KV_".length()), Kind.KEY_VALUE, holds, memory, configuration);
        }
        if (stream.startsWith("OBJ_")) {
            return new Store(
                    stream.substring("OBJ_".length()), Kind.OBJECTS, holds, memory, configuration);
        }
        return new Store(stream, Kind.LOG, holds, memory, configuration);
    }

    private static StreamConfiguration.Builder bucket(Bucket bucket, int replicas) {
        return bucket(bucket.name(), replicas);
    }

    /**
     * Only buckets whose entries expire one by one permit that: nats-server reads the whole of such a stream at every start.
     *
     * <p>Direct gets may be answered by a replica that is behind, so they are only allowed where there is one: whoever reads a bucket, be it
     * with NATS's own tools, then reads what was written last.
     */
    private static StreamConfiguration.Builder bucket(String name, int replicas) {
        return common(replicas)
                .name(bucketStream(name))
                .subjects(bucketPrefix(name) + ">")
                .maxMessagesPerSubject(1)
                .denyDelete(true)
                .allowRollup(true)
                .allowDirect(replicas == 1);
    }

    /** The records of a log do not change, so that a direct get is as good as the leader's answer for those known to exist. */
    private static StreamConfiguration.Builder log(String name, String prefix, int replicas) {
        return common(replicas)
                .name(name)
                .subjects(prefix + ">")
                .maxMessages(UNLIMITED)
                .maxBytes(UNLIMITED)
                .allowAtomicPublish(true)
                .allowDirect(true);
    }

    private static StreamConfiguration.Builder objects(String name, int replicas) {
        return common(replicas)
                .name(objectStream(name))
                .subjects(objectPrefix(name) + "C.>", objectPrefix(name) + "M.>")
                .allowRollup(true)
                .allowDirect(true);
    }

    private static StreamConfiguration.Builder common(int replicas) {
        return StreamConfiguration.builder()
                .discardPolicy(DiscardPolicy.New)
                .duplicateWindow(DUPLICATES)
                .replicas(replicas);
    }
}
