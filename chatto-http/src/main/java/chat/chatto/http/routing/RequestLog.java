package chat.chatto.http.routing;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs each request when it is answered: without its query, headers and body, which may hold what nobody else should read. */
public final class RequestLog implements HttpHandler {

    private static final Logger log = LoggerFactory.getLogger("chat.chatto.http.requests");

    private final ClientAddresses addresses;
    private final HttpHandler next;

    public RequestLog(ClientAddresses addresses, HttpHandler next) {
        this.addresses = addresses;
        this.next = next;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        exchange.addExchangeCompleteListener(
                (finished, following) -> {
                    log(finished);
                    following.proceed();
                });
        next.handleRequest(exchange);
    }

    private void log(HttpServerExchange exchange) {
        log.atInfo()
                .addKeyValue("method", exchange.getRequestMethod())
                .addKeyValue("path", exchange.getRequestPath())
                .addKeyValue("status", exchange.getStatusCode())
                .addKeyValue("bytes", exchange.getResponseBytesSent())
                .addKeyValue("micros", (System.nanoTime() - exchange.getRequestStartTime()) / 1000)
                .addKeyValue("address", addresses.of(exchange))
                .log("Request answered");
    }
}
