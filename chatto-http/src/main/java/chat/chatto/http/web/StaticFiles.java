package chat.chatto.http.web;

import chat.chatto.http.routing.Compression;
import chat.chatto.http.routing.SecurityHeaders;

import io.undertow.io.IoCallback;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Serves the web client. Files whose names carry a hash of their content are cached for ever; every path that is no file is one of the
 * client's own addresses, and answered with its page.
 */
public final class StaticFiles implements HttpHandler {

    private static final String INDEX = "/index.html";
    private static final String HASHED = "/assets/";
    private static final String IMMUTABLE = "public, max-age=31536000, immutable";
    private static final String REVALIDATE = "no-cache";

    private final FileStore files;
    private final SecurityHeaders security;
    private final Executor executor;

    /** @param executor starts a virtual thread for each task */
    public StaticFiles(FileStore files, SecurityHeaders security, Executor executor) {
        this.files = files;
        this.security = security;
        this.executor = executor;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        HttpString method = exchange.getRequestMethod();
        if (!method.equals(Methods.GET) && !method.equals(Methods.HEAD)) {
            exchange.getResponseHeaders().put(Headers.ALLOW, "GET, HEAD");
            text(exchange, StatusCodes.METHOD_NOT_ALLOWED, "Method not allowed\n");
            return;
        }
        exchange.dispatch(executor, () -> serve(exchange));
    }

    private void serve(HttpServerExchange exchange) {
        String path = exchange.getRelativePath();
        Optional<WebFile> file = files.find(path);
        if (file.isPresent() && !path.equals(INDEX)) {
            send(exchange, file.get(), path.startsWith(HASHED) ? IMMUTABLE : REVALIDATE);
        } else if (isFileName(path) && !path.equals(INDEX)) {
            text(exchange, StatusCodes.NOT_FOUND, "Not found\n");
        } else {
            files.find(INDEX)
                    .ifPresentOrElse(
                            index -> send(exchange, index, REVALIDATE),
                            () ->
                                    text(
                                            exchange,
                                            StatusCodes.NOT_FOUND,
                                            "This server was built without its web client.\n"));
        }
    }

    /** Whether a path asks for a file, and not for one of the client's addresses. */
    private static boolean isFileName(String path) {
        return path.startsWith(HASHED) || path.indexOf('.', path.lastIndexOf('/') + 1) >= 0;
    }

    private void send(HttpServerExchange exchange, WebFile file, String caching) {
        security.addToFile(exchange);
        HeaderMap headers = exchange.getResponseHeaders();
        headers.put(Headers.CACHE_CONTROL, caching);
        headers.put(Headers.VARY, Headers.ACCEPT_ENCODING_STRING);
        Optional<WebFile.Encoded> encoded =
                file.encodings().stream()
                        .filter(each -> Compression.accepts(exchange, each.coding()))
                        .findFirst();
        String tag = file.tag(encoded);
        headers.put(Headers.ETAG, tag);
        if (tagMatches(exchange, tag)) {
            exchange.setStatusCode(StatusCodes.NOT_MODIFIED);
            exchange.endExchange();
            return;
        }
        headers.put(Headers.CONTENT_TYPE, file.contentType());
        encoded.ifPresent(each -> headers.put(Headers.CONTENT_ENCODING, each.coding()));
        exchange.getResponseSender()
                .send(
                        encoded.map(WebFile.Encoded::content).orElse(file.content()).duplicate(),
                        IoCallback.END_EXCHANGE);
    }

    private static boolean tagMatches(HttpServerExchange exchange, String tag) {
        String known = exchange.getRequestHeaders().getFirst(Headers.IF_NONE_MATCH);
        if (known == null) {
            return false;
        }
        for (String each : known.split(",", -1)) {
            String candidate = each.strip();
            if (candidate.equals(tag) || candidate.equals("W/" + tag) || candidate.equals("*")) {
                return true;
            }
        }
        return false;
    }

    private void text(HttpServerExchange exchange, int status, String text) {
        security.addToFile(exchange);
        exchange.setStatusCode(status);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain; charset=utf-8");
        exchange.getResponseSender().send(text, StandardCharsets.UTF_8);
    }
}
