package chat.chatto.http.routing;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;

import java.net.URI;
import java.util.Locale;

/**
 * Which sites may act for people who are signed in by a cookie: our own, under its public address or under the one it was asked by.
 *
 * @param publicUrl the address people use
 */
public record Origins(URI publicUrl) {

    /** Whether a browser says that our own page sent the request. */
    public boolean isOwn(HttpServerExchange exchange) {
        String origin = exchange.getRequestHeaders().getFirst(Headers.ORIGIN);
        if (origin == null) {
            return false;
        }
        String authority = origin.replaceFirst("^https?://", "").toLowerCase(Locale.ROOT);
        String host = exchange.getRequestHeaders().getFirst(Headers.HOST);
        return origin.equalsIgnoreCase(publicUrl.getScheme() + "://" + publicUrl.getRawAuthority())
                || (host != null && authority.equals(host.toLowerCase(Locale.ROOT)));
    }
}
