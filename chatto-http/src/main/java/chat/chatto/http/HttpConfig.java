package chat.chatto.http;

import chat.chatto.http.realtime.RealtimeLimits;
import chat.chatto.http.routing.AddressRange;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What an operator decides about the server's HTTP side.
 *
 * @param bindAddress the address to listen on
 * @param port the port to listen on; 0 takes a free one
 * @param publicUrl the address people use ({@code webserver.url}); https makes cookies and headers say so
 * @param trustedProxies whose X-Forwarded-For is believed ({@code webserver.trusted_proxies})
 * @param compression whether answers are compressed for clients that ask ({@code webserver.api_compression})
 * @param compressionMinimumBytes shorter answers are not ({@code webserver.api_compression_min_bytes})
 * @param requestLogging whether each request is logged ({@code webserver.request_logging})
 * @param version what the product calls its version
 * @param limits what clients may take
 * @param realtime what sockets may take
 * @param metrics where metrics are served
 */
public record HttpConfig(
        String bindAddress,
        int port,
        URI publicUrl,
        List<AddressRange> trustedProxies,
        boolean compression,
        int compressionMinimumBytes,
        boolean requestLogging,
        String version,
        Limits limits,
        RealtimeLimits realtime,
        Metrics metrics) {

    /** The port to listen on where nobody chose one. */
    public static final int DEFAULT_PORT = 4000;

    public HttpConfig {
        trustedProxies = List.copyOf(trustedProxies);
        String scheme = String.valueOf(publicUrl.getScheme()).toLowerCase(Locale.ROOT);
        if (publicUrl.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
            throw new IllegalArgumentException(
                    "The public address must be an http or https address: " + publicUrl);
        }
    }

    /** The defaults of a server that people use under an address. */
    public static HttpConfig defaults(URI publicUrl) {
        return new HttpConfig(
                "0.0.0.0",
                DEFAULT_PORT,
                publicUrl,
                List.of(),
                true,
                1024,
                false,
                "development",
                Limits.defaults(),
                RealtimeLimits.defaults(),
                Metrics.defaults());
    }

    /** These, at another place. */
    public HttpConfig at(String otherAddress, int otherPort) {
        return new HttpConfig(
                otherAddress,
                otherPort,
                publicUrl,
                trustedProxies,
                compression,
                compressionMinimumBytes,
                requestLogging,
                version,
                limits,
                realtime,
                metrics);
    }

    /** These, with other limits for sockets. */
    public HttpConfig with(RealtimeLimits otherRealtime) {
        return new HttpConfig(
                bindAddress,
                port,
                publicUrl,
                trustedProxies,
                compression,
                compressionMinimumBytes,
                requestLogging,
                version,
                limits,
                otherRealtime,
                metrics);
    }

    /** These, with metrics served elsewhere. */
    public HttpConfig with(Metrics otherMetrics) {
        return new HttpConfig(
                bindAddress,
                port,
                publicUrl,
                trustedProxies,
                compression,
                compressionMinimumBytes,
                requestLogging,
                version,
                limits,
                realtime,
                otherMetrics);
    }

    boolean https() {
        return publicUrl.getScheme().equalsIgnoreCase("https");
    }

    /**
     * @param requests how many requests are answered at once; more are refused
     * @param headerBytes the longest head of a request
     * @param bodyBytes the longest body that any call takes; most take less
     * @param head how long a client may take to send a request's head
     * @param idle how long a connection may be unused
     */
    public record Limits(
            int requests, int headerBytes, int bodyBytes, Duration head, Duration idle) {

        public static Limits defaults() {
            return new Limits(
                    2048, 16 * 1024, 1024 * 1024, Duration.ofSeconds(10), Duration.ofMinutes(2));
        }
    }

    /**
     * @param enabled {@code metrics.enabled}
     * @param bindAddress {@code metrics.bind_address}
     * @param port {@code metrics.port}; 0 takes a free one
     * @param path {@code metrics.path}
     */
    public record Metrics(boolean enabled, String bindAddress, int port, String path) {

        public static Metrics defaults() {
            return new Metrics(false, "127.0.0.1", 9090, "/metrics");
        }
    }
}
