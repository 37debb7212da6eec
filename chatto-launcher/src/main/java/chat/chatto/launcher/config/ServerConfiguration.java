package chat.chatto.launcher.config;

import chat.chatto.core.push.PushConfig;

import java.time.Duration;
import java.util.Optional;

/**
 * What a server needs to know, checked.
 *
 * @param secretKey protects everything stored, the same on all servers of a cluster; with the embedded NATS it may be empty, and the one in
 *     {@link SecretsFile} holds
 * @param settings everything else, for the modules' own configurations
 */
public record ServerConfiguration(
        LogConfig log,
        NatsConfig nats,
        PushConfig push,
        Optional<Secret> secretKey,
        Settings settings) {

    private static final int MINIMUM_SECRET_LENGTH = 32;
    private static final Duration DRAIN_DELAY_IN_CLUSTER = Duration.ofSeconds(5);

    /**
     * Only where NATS is, for commands that have nothing to do with what is stored there.
     *
     * @throws ConfigurationException naming everything that does not fit together
     */
    public static NatsConfig nats(Settings settings) {
        Problems problems = new Problems();
        NatsConfig nats = new NatsConfigReader(settings, problems).read();
        problems.throwIfAny();
        return nats;
    }

    /**
     * Checks what single values cannot show.
     *
     * @throws ConfigurationException naming everything that does not fit together
     */
    public static ServerConfiguration of(Settings settings) {
        Problems problems = new Problems();
        NatsConfig nats = new NatsConfigReader(settings, problems).read();
        Optional<Secret> configured = settings.find(Keys.CORE_SECRET_KEY);
        if (configured.isEmpty() && nats instanceof NatsConfig.Cluster) {
            problems.add(
                    "core.secret_key is missing: with a NATS cluster it must be configured, the"
                            + " same on every server (\"chatto init\" makes one)");
        }
        if (configured
                .filter(secret -> secret.value().length() < MINIMUM_SECRET_LENGTH)
                .isPresent()) {
            problems.add(
                    settings.placeOf(Keys.CORE_SECRET_KEY),
                    "core.secret_key must have at least " + MINIMUM_SECRET_LENGTH + " characters");
        }
        PushConfig push = new PushConfigReader(settings, problems).read();
        problems.throwIfAny();
        return new ServerConfiguration(LogConfig.of(settings), nats, push, configured, settings);
    }

    /**
     * How long a server that stops goes on answering, so that its load balancer notices first. With the embedded NATS there is no other
     * server to send requests to, and nothing to wait for.
     */
    public Duration drainDelay() {
        return settings.find(Keys.DRAIN_DELAY)
                .orElse(
                        switch (nats) {
                            case NatsConfig.Embedded _ -> Duration.ZERO;
                            case NatsConfig.Cluster _ -> DRAIN_DELAY_IN_CLUSTER;
                        });
    }
}
