package chat.chatto.storage.jetstream;

import chat.chatto.storage.RefusedException;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Which servers are believed to be who they say they are when they speak TLS. */
final class Encryption {

    private Encryption() {}

    /**
     * What TLS connections are made with.
     *
     * @param authorities a PEM file with the authorities to trust instead of the platform's
     * @throws RefusedException when the file cannot be used
     */
    static SSLContext context(Optional<Path> authorities) {
        try {
            TrustManagerFactory factory =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(authorities.isPresent() ? read(authorities.get()) : null);
            TrustManager[] managers =
                    Arrays.stream(factory.getTrustManagers())
                            .map(
                                    manager ->
                                            manager instanceof X509ExtendedTrustManager chain
                                                    ? new NamedServers(chain)
                                                    : manager)
                            .toArray(TrustManager[]::new);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers, null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new RefusedException(
                    "nats.client.ca_cert: no authorities can be read from "
                            + authorities.map(Path::toString).orElse("the platform")
                            + "; a PEM file with one or more certificates is needed ("
                            + e.getMessage()
                            + ")",
                    e);
        }
    }

    private static KeyStore read(Path authorities) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(authorities)) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            int number = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                trusted.setCertificateEntry("authority-" + ++number, certificate);
            }
            if (number == 0) {
                throw new CertificateException("it contains no certificate");
            }
            return trusted;
        }
    }

    /**
     * Also checks that a certificate was made for the server's name: the NATS client only looks at who signed it, so that whoever has a
     * certificate of the same authority could pose as the server.
     */
    private static final class NamedServers extends X509ExtendedTrustManager {

        private final X509ExtendedTrustManager chain;

        NamedServers(X509ExtendedTrustManager chain) {
            this.chain = chain;
        }

        @Override
        public void checkServerTrusted(
                X509Certificate[] certificates, String authType, Socket socket)
                throws CertificateException {
            if (socket instanceof SSLSocket secure) {
                SSLParameters parameters = secure.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                secure.setSSLParameters(parameters);
            }
            chain.checkServerTrusted(certificates, authType, socket);
        }

        @Override
        public void checkServerTrusted(
                X509Certificate[] certificates, String authType, SSLEngine engine)
                throws CertificateException {
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            engine.setSSLParameters(parameters);
            chain.checkServerTrusted(certificates, authType, engine);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] certificates, String authType)
                throws CertificateException {
            throw new CertificateException("The name of the server is not known");
        }

        @Override
        public void checkClientTrusted(
                X509Certificate[] certificates, String authType, Socket socket)
                throws CertificateException {
            chain.checkClientTrusted(certificates, authType, socket);
        }

        @Override
        public void checkClientTrusted(
                X509Certificate[] certificates, String authType, SSLEngine engine)
                throws CertificateException {
            chain.checkClientTrusted(certificates, authType, engine);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] certificates, String authType)
                throws CertificateException {
            chain.checkClientTrusted(certificates, authType);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return chain.getAcceptedIssuers();
        }
    }
}
