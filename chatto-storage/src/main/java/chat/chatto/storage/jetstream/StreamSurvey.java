package chat.chatto.storage.jetstream;

import chat.chatto.storage.StorageReport.Condition;
import chat.chatto.storage.StorageReport.Follower;
import chat.chatto.storage.StorageReport.Kind;
import chat.chatto.storage.StorageReport.Quota;
import chat.chatto.storage.StorageReport.Resource;
import chat.chatto.storage.UnavailableException;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Asks each stream how it is, all at once. For one thread. */
final class StreamSurvey {

    private static final Logger log = LoggerFactory.getLogger(StreamSurvey.class);

    /** Whoever asks looks at a screen; a stream with a leader answers within milliseconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Link link;
    private final String serverName;
    private final Map<String, Duration> clocks = new ConcurrentHashMap<>();

    /** @param serverName who answers where there is no cluster */
    StreamSurvey(Link link, String serverName) {
        this.link = link.withTimeout(PATIENCE);
        this.serverName = serverName;
    }

    List<Resource> look(List<Topology.Store> stores) {
        try (ExecutorService tasks = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Condition>> conditions =
                    stores.stream()
                            .map(store -> tasks.submit(() -> condition(store.stream())))
                            .toList();
            List<Resource> resources = new ArrayList<>();
            for (int i = 0; i < stores.size(); i++) {
                resources.add(resource(stores.get(i), conditions.get(i).get()));
            }
            return resources;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("Interrupted while looking at the streams", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** By server: how far its clock is ahead of ours. Only the leaders of streams are asked. */
    Map<String, Duration> clocks() {
        return Map.copyOf(clocks);
    }

    private static Resource resource(Topology.Store store, Condition condition) {
        return new Resource(
                store.name(),
                switch (store.kind()) {
                    case LOG -> Kind.LOG;
                    case KEY_VALUE -> Kind.KEY_VALUE;
                    case OBJECTS -> Kind.OBJECTS;
                },
                store.inMemory(),
                store.configuration().getReplicas(),
                store.configuration().getMaxAge(),
                condition);
    }

    private Condition condition(String stream) {
        try {
            Instant asked = Instant.now();
            Answer answer = link.api("STREAM.INFO." + stream, new JsonObject());
            return switch (answer) {
                case Answer.Done(var info) -> {
                    Condition.Present present = present(info);
                    compareClocks(present, info, asked, Instant.now());
                    yield present;
                }
                case Answer.Failed(var error) when error.code() == ApiError.STREAM_NOT_FOUND ->
                        new Condition.Missing();
                case Answer.Failed(var error) -> new Condition.Unanswered(error.toString());
                case Answer.NobodyThere() -> new Condition.Unanswered("JetStream does not answer");
            };
        } catch (UnavailableException e) {
            log.debug("{} does not answer", stream, e);
            return new Condition.Unanswered(String.valueOf(e.getMessage()));
        }
    }

    private Condition.Present present(JsonObject info) {
        JsonObject configuration = info.getAsJsonObject("config");
        JsonObject state = info.getAsJsonObject("state");
        JsonObject cluster = info.has("cluster") ? info.getAsJsonObject("cluster") : null;
        return new Condition.Present(
                configuration.get("storage").getAsString().equals("memory"),
                configuration.get("num_replicas").getAsInt(),
                Duration.ofNanos(number(configuration, "max_age")),
                cluster == null
                        ? Optional.of(serverName)
                        : Optional.of(text(cluster, "leader")).filter(name -> !name.isEmpty()),
                cluster == null ? List.of() : followers(cluster),
                number(state, "messages"),
                number(state, "bytes"));
    }

    private static List<Follower> followers(JsonObject cluster) {
        JsonArray replicas =
                cluster.has("replicas") ? cluster.getAsJsonArray("replicas") : new JsonArray();
        List<Follower> followers = new ArrayList<>();
        for (JsonElement element : replicas) {
            JsonObject replica = element.getAsJsonObject();
            followers.add(
                    new Follower(
                            text(replica, "name"),
                            flag(replica, "offline"),
                            flag(replica, "current"),
                            Optional.of(Duration.ofNanos(number(replica, "active")))
                                    .filter(Duration::isPositive),
                            number(replica, "lag")));
        }
        return followers;
    }

    private void compareClocks(
            Condition.Present present, JsonObject info, Instant asked, Instant answered) {
        String time = text(info, "ts");
        if (time.isEmpty() || present.leader().isEmpty()) {
            return;
        }
        Instant theirs = OffsetDateTime.parse(time).toInstant();
        // It cannot be told where in between the answer was written, so only what lies outside
        // counts.
        Duration ahead =
                theirs.isAfter(answered)
                        ? Duration.between(answered, theirs)
                        : theirs.isBefore(asked) ? Duration.between(asked, theirs) : Duration.ZERO;
        clocks.merge(
                present.leader().get(),
                ahead,
                (one, other) -> one.abs().compareTo(other.abs()) <= 0 ? one : other);
    }

    /** What the account may use where that is limited; empty when it cannot be told. */
    List<Quota> quotas() {
        try {
            List<Quota> quotas = new ArrayList<>();
            if (link.api("INFO", new JsonObject()) instanceof Answer.Done(var account)) {
                addQuotas(quotas, "", account);
                JsonObject tiers =
                        account.has("tiers") ? account.getAsJsonObject("tiers") : new JsonObject();
                tiers.entrySet()
                        .forEach(
                                tier ->
                                        addQuotas(
                                                quotas,
                                                " (" + tier.getKey() + ")",
                                                tier.getValue().getAsJsonObject()));
            }
            return quotas;
        } catch (UnavailableException e) {
            log.debug("The account's limits cannot be told", e);
            return List.of();
        }
    }

    private static void addQuotas(List<Quota> quotas, String tier, JsonObject account) {
        if (!account.has("limits")) {
            return;
        }
        JsonObject limits = account.getAsJsonObject("limits");
        add(quotas, "the account's disk" + tier, account, "storage", limits, "max_storage");
        add(quotas, "the account's memory" + tier, account, "memory", limits, "max_memory");
    }

    static void add(
            List<Quota> quotas,
            String of,
            JsonObject use,
            String usedField,
            JsonObject limits,
            String limitField) {
        long limit = number(limits, limitField);
        if (limit > 0) {
            quotas.add(new Quota(of, number(use, usedField), limit));
        }
    }

    private static long number(JsonObject object, String field) {
        return object.has(field) ? object.get(field).getAsLong() : 0;
    }

    private static boolean flag(JsonObject object, String field) {
        return object.has(field) && object.get(field).getAsBoolean();
    }

    private static String text(JsonObject object, String field) {
        return object.has(field) ? object.get(field).getAsString() : "";
    }
}
