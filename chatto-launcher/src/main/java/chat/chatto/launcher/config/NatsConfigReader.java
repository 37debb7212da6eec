package chat.chatto.launcher.config;

import chat.chatto.storage.jetstream.Credentials;
import chat.chatto.storage.jetstream.JetStreamConfig;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Decides between the embedded server and a cluster, and checks that the keys of the chosen one agree. */
final class NatsConfigReader {

    /** Stands in for the addresses whose absence is reported as a problem. */
    private static final List<String> NO_URLS = List.of("nats://unknown");

    private final Settings settings;
    private final Problems problems;

    NatsConfigReader(Settings settings, Problems problems) {
        this.settings = settings;
        this.problems = problems;
    }

    NatsConfig read() {
        return usesCluster() ? cluster() : embedded();
    }

    /** An address of a cluster turns the embedded server off, unless that is switched on at least as firmly. */
    private boolean usesCluster() {
        boolean addressed =
                settings.find(Keys.CLIENT_URL).filter(urls -> !urls.isEmpty()).isPresent();
        if (!settings.get(Keys.EMBEDDED_ENABLED)) {
            if (!addressed) {
                problems.add(
                        settings.placeOf(Keys.EMBEDDED_ENABLED),
                        "nats.embedded.enabled is false, but nats.client.url does not say where"
                                + " NATS is");
            }
            return true;
        }
        boolean contradiction =
                addressed
                        && settings.isSet(Keys.EMBEDDED_ENABLED)
                        && settings.sourceOf(Keys.EMBEDDED_ENABLED)
                                        .compareTo(settings.sourceOf(Keys.CLIENT_URL))
                                >= 0;
        if (contradiction) {
            problems.add(
                    settings.placeOf(Keys.EMBEDDED_ENABLED),
                    "nats.embedded.enabled is true, but nats.client.url is set too ("
                            + settings.placeOf(Keys.CLIENT_URL)
                            + "); remove one of them");
        }
        return addressed;
    }

    private NatsConfig embedded() {
        if (settings.get(Keys.REPLICAS) != 1) {
            problems.add(
                    settings.placeOf(Keys.REPLICAS),
                    "nats.replicas is "
                            + settings.get(Keys.REPLICAS)
                            + ", but the embedded NATS is a single server; set nats.client.url to"
                            + " use a cluster");
        }
        return new NatsConfig.Embedded(
                settings.get(Keys.EMBEDDED_BIND_ADDRESS),
                settings.get(Keys.EMBEDDED_PORT).intValue(),
                settings.get(Keys.EMBEDDED_HTTP_PORT).intValue(),
                settings.get(Keys.EMBEDDED_DATA_DIR).toAbsolutePath().normalize(),
                settings.find(Keys.EMBEDDED_AUTH_TOKEN),
                settings.find(Keys.EMBEDDED_SERVER_PATH),
                settings.get(Keys.EMBEDDED_SYNC_INTERVAL),
                settings.get(Keys.SHARDS).intValue());
    }

    private NatsConfig cluster() {
        List<String> urls =
                settings.find(Keys.CLIENT_URL).filter(list -> !list.isEmpty()).orElse(NO_URLS);
        if (!urls.stream().allMatch(NatsConfigReader::isAddress)) {
            // Not shown: an address may contain a password.
            problems.add(
                    settings.placeOf(Keys.CLIENT_URL),
                    "nats.client.url contains something that is no address; write"
                            + " nats://host:4222,nats://other:4222");
        }
        JetStreamConfig defaults = JetStreamConfig.local("nats://localhost:4222");
        return new NatsConfig.Cluster(
                new JetStreamConfig(
                        urls,
                        credentials(),
                        settings.find(Keys.CLIENT_CA_CERT)
                                .map(file -> readable(Keys.CLIENT_CA_CERT, file)),
                        settings.get(Keys.REPLICAS).intValue(),
                        settings.get(Keys.SHARDS).intValue(),
                        defaults.requestTimeout(),
                        defaults.connectionName()));
    }

    private static boolean isAddress(String url) {
        try {
            return new URI(url.contains("://") ? url : "nats://" + url).getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private Credentials credentials() {
        String method = settings.find(Keys.CLIENT_AUTH_METHOD).orElseGet(this::impliedMethod);
        return switch (method) {
            case "token" ->
                    required(
                            Keys.CLIENT_TOKEN,
                            method,
                            token -> new Credentials.Token(token.value()));
            case "userpass" ->
                    required(
                            Keys.CLIENT_USERNAME,
                            method,
                            username ->
                                    required(
                                            Keys.CLIENT_PASSWORD,
                                            method,
                                            password ->
                                                    new Credentials.UserPassword(
                                                            username, password.value())));
            case "credentials" ->
                    required(
                            Keys.CLIENT_CREDENTIALS_FILE,
                            method,
                            file ->
                                    new Credentials.CredentialsFile(
                                            readable(Keys.CLIENT_CREDENTIALS_FILE, file)));
            case "nkey" ->
                    required(
                            Keys.CLIENT_NKEY_SEED,
                            method,
                            seed -> new Credentials.Nkey(seed.value()));
            default -> new Credentials.None();
        };
    }

    private Path readable(Key<Path> key, Path file) {
        if (!Files.isReadable(file)) {
            problems.add(
                    settings.placeOf(key),
                    key.name() + " names " + file + ", which is missing or cannot be read");
        }
        return file;
    }

    private String impliedMethod() {
        if (settings.isSet(Keys.CLIENT_TOKEN)) {
            return "token";
        }
        if (settings.isSet(Keys.CLIENT_USERNAME)) {
            return "userpass";
        }
        if (settings.isSet(Keys.CLIENT_CREDENTIALS_FILE)) {
            return "credentials";
        }
        return settings.isSet(Keys.CLIENT_NKEY_SEED) ? "nkey" : "none";
    }

    private <T> Credentials required(
            Key<T> key, String method, Function<T, Credentials> credentials) {
        Optional<T> value = settings.find(key);
        if (value.isEmpty()) {
            problems.add(
                    settings.placeOf(Keys.CLIENT_AUTH_METHOD),
                    "authenticating with " + method + " needs " + key.name());
        }
        return value.map(credentials).orElseGet(Credentials.None::new);
    }
}
