package chat.chatto.http.routing;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.util.List;

/**
 * Tells where requests come from: the peer, or, when the peer is a trusted proxy, the last address in X-Forwarded-For that no trusted
 * proxy has. What a client itself writes into the header is thereby never believed.
 */
public final class ClientAddresses {

    private final List<AddressRange> trusted;

    public ClientAddresses(List<AddressRange> trusted) {
        this.trusted = List.copyOf(trusted);
    }

    public String of(HttpServerExchange exchange) {
        InetAddress peer = exchange.getSourceAddress().getAddress();
        HeaderValues forwarded = exchange.getRequestHeaders().get(Headers.X_FORWARDED_FOR);
        if (forwarded == null || !isTrusted(peer)) {
            return peer.getHostAddress();
        }
        return lastUntrusted(peer, String.join(",", forwarded));
    }

    /** Whether the request came through a proxy whose word is taken. */
    public boolean viaTrustedProxy(HttpServerExchange exchange) {
        return isTrusted(exchange.getSourceAddress().getAddress());
    }

    private String lastUntrusted(InetAddress peer, String forwarded) {
        String[] hops = forwarded.split(",", -1);
        InetAddress nearest = peer;
        for (int i = hops.length - 1; i >= 0; i--) {
            InetAddress hop = parse(hops[i].strip());
            if (hop == null) {
                break;
            }
            nearest = hop;
            if (!isTrusted(hop)) {
                break;
            }
        }
        return nearest.getHostAddress();
    }

    private boolean isTrusted(InetAddress address) {
        return trusted.stream().anyMatch(range -> range.contains(address));
    }

    /** Null for what is no address: whatever stands before it in the header proves nothing. */
    private static @Nullable InetAddress parse(String hop) {
        try {
            return AddressRange.address(hop);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
