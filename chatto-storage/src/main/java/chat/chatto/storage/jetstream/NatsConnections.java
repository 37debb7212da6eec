package chat.chatto.storage.jetstream;

import chat.chatto.storage.RefusedException;
import chat.chatto.storage.StorageException;
import chat.chatto.storage.UnavailableException;

import io.nats.client.AuthHandler;
import io.nats.client.AuthenticationException;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.Nats;
import io.nats.client.Options;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Opens connections to NATS as the configuration says. */
final class NatsConnections {

    private static final Logger log = LoggerFactory.getLogger(NatsConnections.class);

    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration RECONNECT_WAIT = Duration.ofMillis(100);
    private static final Duration PING_INTERVAL = Duration.ofSeconds(5);
    private static final int RECONNECT_FOREVER = -1;

    private NatsConnections() {}

    /**
     * Connects to one of the configured servers.
     *
     * @throws RefusedException when something has to be changed first; the message names the key
     * @throws UnavailableException when no server can be reached; the message says of each why
     */
    static Connection open(JetStreamConfig config, ConnectionListener listener) {
        try {
            return connect(config, listener);
        } catch (AuthenticationException e) {
            throw refused(config, e);
        } catch (IOException e) {
            throw unreachable(config, e);
        }
    }

    private static Connection connect(JetStreamConfig config, ConnectionListener listener)
            throws IOException {
        try {
            return Nats.connect(options(config, listener));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("Interrupted while connecting to NATS", e);
        }
    }

    private static RefusedException refused(JetStreamConfig config, AuthenticationException e) {
        return new RefusedException(
                "NATS at "
                        + config.addresses()
                        + " refuses the credentials: check "
                        + keys(config.credentials()),
                e);
    }

    /** The configuration keys that the credentials come from. */
    private static String keys(Credentials credentials) {
        return switch (credentials) {
            case Credentials.None() ->
                    "nats.client.auth_method; it is none, but this NATS wants a token, a user, a"
                            + " credentials file or an nkey";
            case Credentials.Token _ -> "nats.client.token";
            case Credentials.UserPassword _ -> "nats.client.username and nats.client.password";
            case Credentials.CredentialsFile(var path) ->
                    "nats.client.credentials_file (" + path + ")";
            case Credentials.Nkey _ -> "nats.client.nkey_seed";
        };
    }

    /**
     * Finds out why. The client only says that it could not connect, and it reports refused credentials only when the last server it tried
     * was the one to refuse them.
     */
    private static StorageException unreachable(JetStreamConfig config, IOException failure) {
        Reachability reachability = new Reachability(config);
        List<Reachability.Trouble> troubles = new ArrayList<>();
        for (String url : config.urls()) {
            Optional<Reachability.Trouble> trouble = reachability.look(ServerAddress.parse(url));
            trouble.ifPresent(troubles::add);
            if (trouble.isEmpty() && config.urls().size() > 1) {
                tryAlone(config.withUrls(List.of(url)));
            }
        }
        String reasons =
                troubles.stream().map(Reachability.Trouble::text).collect(Collectors.joining("; "));
        boolean needsChange =
                troubles.size() == config.urls().size()
                        && troubles.stream().allMatch(Reachability.Trouble::lasting);
        return needsChange
                ? new RefusedException("NATS cannot be used: " + reasons, failure)
                : new UnavailableException(
                        "NATS cannot be reached: "
                                + (reasons.isEmpty() ? failure.getMessage() : reasons)
                                + "; start it, or correct nats.client.url",
                        failure);
    }

    /** @throws RefusedException when the server refuses the credentials */
    private static void tryAlone(JetStreamConfig config) {
        try {
            connect(config, (_, _) -> {}).close();
        } catch (AuthenticationException e) {
            throw refused(config, e);
        } catch (IOException e) {
            log.debug("{} could not be connected to alone either", config.addresses(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Nothing is queued while there is no connection: a write that cannot be sent must fail at once, rather than be sent later when its
     * author has long given up on it.
     */
    private static Options options(JetStreamConfig config, ConnectionListener listener) {
        config.urls().forEach(ServerAddress::parse);
        Options.Builder options =
                new Options.Builder()
                        .servers(config.urls().toArray(String[]::new))
                        .connectionName(config.connectionName())
                        .connectionTimeout(CONNECT_TIMEOUT)
                        .maxReconnects(RECONNECT_FOREVER)
                        .reconnectWait(RECONNECT_WAIT)
                        .reconnectJitter(RECONNECT_WAIT)
                        .reconnectBufferSize(0)
                        .pingInterval(PING_INTERVAL)
                        .reportNoResponders()
                        .connectionListener(listener)
                        .errorListener(new NatsErrorLog());
        switch (config.credentials()) {
            case Credentials.None() -> {}
            case Credentials.Token(var token) -> options.token(token.toCharArray());
            case Credentials.UserPassword(var user, var password) ->
                    options.userInfo(user.toCharArray(), password.toCharArray());
            case Credentials.CredentialsFile(var path) ->
                    options.authHandler(
                            usable(Nats.credentials(path.toString()), config.credentials()));
            case Credentials.Nkey(var seed) ->
                    options.authHandler(
                            usable(
                                    Nats.staticCredentials(null, seed.toCharArray()),
                                    config.credentials()));
        }
        if (config.usesTls()) {
            // A certificate is made for a name, so names must not be replaced by what they stand
            // for.
            options.sslContext(Encryption.context(config.caCertificate()))
                    .hostnameResolveMode(Options.HostnameResolveMode.Unresolved);
        }
        return options.build();
    }

    /** The client would take a key that is none for a server that is away. */
    private static AuthHandler usable(AuthHandler handler, Credentials credentials) {
        String why = "there is no key in it";
        try {
            if (handler.getID() != null) {
                return handler;
            }
        } catch (IllegalArgumentException | IllegalStateException e) {
            why = String.valueOf(e.getMessage());
        }
        throw new RefusedException(
                "The credentials for NATS cannot be used ("
                        + why
                        + "): check "
                        + keys(credentials));
    }
}
