package chat.chatto.bench.http;

import java.net.InetSocketAddress;
import java.net.URI;

/** The address of the server under load. Plain HTTP only: encryption would be measured along with the server. */
public record Target(String host, int port) {

    private static final int DEFAULT_PORT = 80;

    /**
     * Reads {@code http://host[:port]}.
     *
     * @throws IllegalArgumentException when the text is anything else
     */
    public static Target parse(String text) {
        URI uri = URI.create(text);
        String host = uri.getHost();
        if (!"http".equals(uri.getScheme()) || host == null) {
            throw new IllegalArgumentException("not an http://host[:port] address: " + text);
        }
        return new Target(host, uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort());
    }

    /** A freshly resolved socket address. */
    public InetSocketAddress address() {
        return new InetSocketAddress(host, port);
    }

    /** The value of the {@code Host} header. */
    public String authority() {
        return host + ":" + port;
    }
}
