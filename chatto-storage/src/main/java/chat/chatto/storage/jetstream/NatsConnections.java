package chat.chatto.storage.jetstream;

import chat.chatto.storage.RefusedException;
import chat.chatto.storage.UnavailableException;

import io.nats.client.AuthenticationException;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.Nats;
import io.nats.client.Options;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Opens connections to NATS as the configuration says. */
final class NatsConnections {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration RECONNECT_WAIT = Duration.ofMillis(100);
    private static final Duration PING_INTERVAL = Duration.ofSeconds(5);
    private static final int RECONNECT_FOREVER = -1;

    private NatsConnections() {}

    static Connection open(JetStreamConfig config, ConnectionListener listener) {
        try {
            return Nats.connect(options(config, listener));
        } catch (AuthenticationException e) {
            throw new RefusedException(
                    "NATS at "
                            + config.urls()
                            + " refuses the credentials; check the authentication settings for"
                            + " NATS",
                    e);
        } catch (IOException e) {
            throw new UnavailableException(
                    "NATS cannot be reached at " + config.urls() + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("Interrupted while connecting to NATS", e);
        }
    }

    /**
     * Nothing is queued while there is no connection: a write that cannot be sent must fail at once, rather than be sent later when its
     * author has long given up on it.
     */
    private static Options options(JetStreamConfig config, ConnectionListener listener) {
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
                    options.authHandler(Nats.credentials(path.toString()));
            case Credentials.Nkey(var seed) ->
                    options.authHandler(Nats.staticCredentials(null, seed.toCharArray()));
        }
        config.caCertificate().ifPresent(path -> options.sslContext(trusting(path)));
        return options.build();
    }

    private static SSLContext trusting(Path certificates) {
        try (InputStream in = Files.newInputStream(certificates)) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            int number = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                trusted.setCertificateEntry("authority-" + ++number, certificate);
            }
            TrustManagerFactory trust =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new RefusedException(
                    "The authorities to trust for NATS cannot be read from "
                            + certificates
                            + ": "
                            + e,
                    e);
        }
    }
}
