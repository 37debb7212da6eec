package chat.chatto.storage.jetstream;

import chat.chatto.storage.RefusedException;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where a nats-server listens, without the credentials that an address may contain.
 *
 * @param scheme such as {@code nats} or {@code tls}
 */
record ServerAddress(String scheme, String host, int port) {

    private static final int DEFAULT_PORT = 4222;

    /**
     * Reads a configured address.
     *
     * @throws RefusedException when it is none; the message does not show it, since it may contain a password
     */
    static ServerAddress parse(String url) {
        try {
            URI uri = new URI(url.contains("://") ? url : "nats://" + url);
            if (uri.getHost() == null) {
                throw new URISyntaxException("", "there is no host in it");
            }
            int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
            return new ServerAddress(uri.getScheme(), uri.getHost(), port);
        } catch (URISyntaxException e) {
            throw new RefusedException(
                    "nats.client.url contains something that is no address ("
                            + e.getReason()
                            + "); write nats://host:4222,nats://other:4222",
                    e);
        }
    }

    boolean isTls() {
        return scheme.equals("tls") || scheme.equals("opentls");
    }

    String url() {
        return scheme + "://" + this;
    }

    /** Host and port. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
