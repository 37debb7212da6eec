package chat.chatto.http.routing;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;

/**
 * What browsers are told they must not do with our answers.
 *
 * @param https whether the product's public address is https, so that browsers may insist on it
 */
public record SecurityHeaders(boolean https) {

    private static final HttpString CONTENT_SECURITY_POLICY =
            HttpString.tryFromString("Content-Security-Policy");
    private static final HttpString OPENER_POLICY =
            HttpString.tryFromString("Cross-Origin-Opener-Policy");
    private static final HttpString RESOURCE_POLICY =
            HttpString.tryFromString("Cross-Origin-Resource-Policy");
    private static final HttpString PERMISSIONS_POLICY =
            HttpString.tryFromString("Permissions-Policy");

    private static final String NO_CONTENT_AT_ALL = "default-src 'none'; frame-ancestors 'none'";

    /** For what people uploaded: whatever is in it, a browser runs none of it. */
    private static final String PICTURE_ONLY =
            "default-src 'none'; sandbox; frame-ancestors 'none'";

    private static final String OWN_CONTENT_ONLY =
            "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:;"
                + " connect-src 'self'; font-src 'self'; worker-src 'self'; manifest-src 'self';"
                + " object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";
    private static final String NO_DEVICES =
            "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()";

    /** For answers of the interface. */
    void add(HttpServerExchange exchange, Answer.Kind kind) {
        HeaderMap headers = exchange.getResponseHeaders();
        headers.put(
                CONTENT_SECURITY_POLICY,
                kind == Answer.Kind.DATA ? NO_CONTENT_AT_ALL : PICTURE_ONLY);
        headers.put(
                Headers.CACHE_CONTROL,
                switch (kind) {
                    case DATA -> "no-store";
                    case PASSING_PICTURE -> "private, no-cache";
                    case LASTING_PICTURE -> "private, max-age=31536000, immutable";
                });
        addToAll(headers);
    }

    /** For the files of the web client. */
    public void addToFile(HttpServerExchange exchange) {
        HeaderMap headers = exchange.getResponseHeaders();
        headers.put(CONTENT_SECURITY_POLICY, OWN_CONTENT_ONLY);
        headers.put(OPENER_POLICY, "same-origin");
        headers.put(PERMISSIONS_POLICY, NO_DEVICES);
        addToAll(headers);
    }

    private void addToAll(HeaderMap headers) {
        headers.put(Headers.X_CONTENT_TYPE_OPTIONS, "nosniff");
        headers.put(Headers.REFERRER_POLICY, "same-origin");
        headers.put(RESOURCE_POLICY, "same-origin");
        if (https) {
            headers.put(Headers.STRICT_TRANSPORT_SECURITY, "max-age=31536000");
        }
    }
}
