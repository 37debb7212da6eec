package chat.chatto.storage.jetstream;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/** Finds out why a nats-server cannot be used, in words that tell an operator what to change. */
final class Reachability {

    private final JetStreamConfig config;

    Reachability(JetStreamConfig config) {
        this.config = config;
    }

    /**
     * What is wrong with a server.
     *
     * @param lasting whether waiting does not help
     */
    record Trouble(String text, boolean lasting) {}

    /** Whether the server answers, and agrees with the configuration about encryption. */
    Optional<Trouble> look(ServerAddress address) {
        try (Socket socket = Greeting.connect(address, NatsConnections.CONNECT_TIMEOUT)) {
            Greeting greeting = Greeting.read(socket);
            if (!config.usesTls()) {
                return greeting.demandsTls()
                        ? lasting(
                                address,
                                "wants TLS: write tls:// instead of nats:// in nats.client.url, and"
                                        + " name the authority of its certificate in"
                                        + " nats.client.ca_cert unless every computer knows it")
                        : Optional.empty();
            }
            return greeting.offersTls()
                    ? handshake(address, socket)
                    : lasting(
                            address,
                            "does not offer TLS: give it a certificate, or remove"
                                    + " nats.client.ca_cert and write nats:// in nats.client.url");
        } catch (IOException e) {
            return Optional.of(new Trouble(address + " " + describe(e), false));
        }
    }

    private Optional<Trouble> handshake(ServerAddress address, Socket socket) throws IOException {
        try (SSLSocket secure =
                (SSLSocket)
                        Encryption.context(config.caCertificate())
                                .getSocketFactory()
                                .createSocket(socket, address.host(), address.port(), true)) {
            secure.startHandshake();
            return Optional.empty();
        } catch (SSLException e) {
            return lasting(
                    address,
                    "does not prove who it is: nats.client.ca_cert must hold the authority that"
                            + " signed its certificate, and the certificate must name "
                            + address.host()
                            + " ("
                            + e.getMessage()
                            + ")");
        }
    }

    private static Optional<Trouble> lasting(ServerAddress address, String what) {
        return Optional.of(new Trouble(address + " " + what, true));
    }

    static String describe(IOException failure) {
        return switch (failure) {
            case UnknownHostException _ -> "is not a known host";
            case SocketTimeoutException _ -> "does not answer";
            case ConnectException _ -> "does not accept connections (" + failure.getMessage() + ")";
            default -> "cannot be talked to: " + failure.getMessage();
        };
    }
}
