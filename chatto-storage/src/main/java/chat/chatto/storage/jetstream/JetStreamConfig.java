package chat.chatto.storage.jetstream;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How to reach NATS and how to lay out what is stored.
 *
 * @param urls one or more servers of the same cluster
 * @param caCertificate a PEM file with the authorities to trust instead of the platform's; for servers that speak TLS
 * @param replicas copies of everything that is stored: 1, 3 or 5
 * @param shards over how many streams the rooms' timelines are spread; can be raised later, not lowered
 * @param requestTimeout how long any one operation may take before it counts as unanswered
 * @param connectionName what operators see in NATS's list of connections
 */
public record JetStreamConfig(
        List<String> urls,
        Credentials credentials,
        Optional<Path> caCertificate,
        int replicas,
        int shards,
        Duration requestTimeout,
        String connectionName) {

    private static final int MAXIMUM_SHARDS = 64;

    public JetStreamConfig {
        urls = List.copyOf(urls);
        if (urls.isEmpty() || urls.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException(
                    "At least one NATS address is needed, none of them blank");
        }
        if (replicas != 1 && replicas != 3 && replicas != 5) {
            throw new IllegalArgumentException(
                    "The number of replicas must be 1, 3 or 5, not " + replicas);
        }
        if (shards < 1 || shards > MAXIMUM_SHARDS) {
            throw new IllegalArgumentException(
                    "The number of shards must be 1 to " + MAXIMUM_SHARDS + ", not " + shards);
        }
        if (requestTimeout.compareTo(Duration.ofMillis(100)) < 0) {
            throw new IllegalArgumentException(
                    "The request timeout must be at least 100 ms, not " + requestTimeout);
        }
    }

    /** One server without authentication or replication, all else as by default. */
    public static JetStreamConfig local(String url) {
        return new JetStreamConfig(
                List.of(url),
                new Credentials.None(),
                Optional.empty(),
                1,
                1,
                Duration.ofSeconds(5),
                "chatto");
    }

    /** The addresses for people: without the credentials that they may contain. */
    public String addresses() {
        return urls.stream()
                .map(url -> ServerAddress.parse(url).url())
                .collect(Collectors.joining(", "));
    }

    /** Whether connections are encrypted, and the servers prove who they are. */
    boolean usesTls() {
        return caCertificate.isPresent()
                || urls.stream().anyMatch(url -> ServerAddress.parse(url).isTls());
    }

    JetStreamConfig withUrls(List<String> urls) {
        return new JetStreamConfig(
                urls, credentials, caCertificate, replicas, shards, requestTimeout, connectionName);
    }

    JetStreamConfig withCaCertificate(Path file) {
        return new JetStreamConfig(
                urls,
                credentials,
                Optional.of(file),
                replicas,
                shards,
                requestTimeout,
                connectionName);
    }

    public JetStreamConfig withReplicas(int replicas) {
        return new JetStreamConfig(
                urls, credentials, caCertificate, replicas, shards, requestTimeout, connectionName);
    }

    public JetStreamConfig withShards(int shards) {
        return new JetStreamConfig(
                urls, credentials, caCertificate, replicas, shards, requestTimeout, connectionName);
    }

    public JetStreamConfig withCredentials(Credentials credentials) {
        return new JetStreamConfig(
                urls, credentials, caCertificate, replicas, shards, requestTimeout, connectionName);
    }

    public JetStreamConfig withRequestTimeout(Duration requestTimeout) {
        return new JetStreamConfig(
                urls, credentials, caCertificate, replicas, shards, requestTimeout, connectionName);
    }
}
