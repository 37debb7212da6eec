package chat.chatto.http.routing;

import chat.chatto.core.account.UserId;
import chat.chatto.http.json.Fields;
import chat.chatto.http.json.JsonInput;
import chat.chatto.http.json.MalformedJsonException;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** One request, as an endpoint sees it. Used by one thread. */
public final class Call {

    private final HttpServerExchange exchange;
    private final List<String> parameters;
    private final String address;
    private final Optional<Principal> principal;
    private final byte[] body;

    Call(
            HttpServerExchange exchange,
            List<String> parameters,
            String address,
            Optional<Principal> principal,
            byte[] body) {
        this.exchange = exchange;
        this.parameters = parameters;
        this.address = address;
        this.principal = principal;
        this.body = body;
    }

    /** The value of the path's parameter with this number, from 0. */
    public String parameter(int index) {
        return parameters.get(index);
    }

    public Query query() {
        return new Query(exchange.getQueryParameters());
    }

    /** Whether a body was sent. */
    public boolean hasBody() {
        return body.length > 0;
    }

    /** The body as it came. The array is not copied: treat it as read-only. */
    public byte[] bytes() {
        return body;
    }

    /** The body's members. */
    public Fields fields() throws MalformedJsonException {
        return JsonInput.read(ByteBuffer.wrap(body));
    }

    /** Who asks; only on routes that need a session. */
    public UserId user() {
        return principal().user();
    }

    /** Who asks; only on routes that need a session. */
    public Principal principal() {
        return principal.orElseThrow();
    }

    /** Where the request came from, as far as proxies that are trusted say. */
    public String address() {
        return address;
    }

    public Optional<String> header(HttpString name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }
}
