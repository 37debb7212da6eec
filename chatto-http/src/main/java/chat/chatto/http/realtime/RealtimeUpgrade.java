package chat.chatto.http.realtime;

import chat.chatto.core.ChattoException;
import chat.chatto.http.health.Readiness;
import chat.chatto.http.routing.AnswerSender;
import chat.chatto.http.routing.Cookies;
import chat.chatto.http.routing.Origins;
import chat.chatto.http.routing.Problem;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import io.undertow.websockets.WebSocketProtocolHandshakeHandler;

import jakarta.inject.Inject;

import java.time.Duration;
import java.util.Optional;

/** Turns requests into WebSockets. A session cookie counts only when our own page asked: browsers send it with everybody's. */
public final class RealtimeUpgrade implements HttpHandler {

    /** Where clients connect to. */
    public static final String PATH = "/api/v1/realtime";

    static final AttachmentKey<String> SESSION = AttachmentKey.create(String.class);

    private final Origins origins;
    private final AnswerSender sender;
    private final Readiness readiness;
    private final HttpHandler handshake;

    @Inject
    public RealtimeUpgrade(
            RealtimeEndpoint endpoint, Origins origins, AnswerSender sender, Readiness readiness) {
        this.origins = origins;
        this.sender = sender;
        this.readiness = readiness;
        this.handshake =
                new WebSocketProtocolHandshakeHandler(
                        endpoint, exchange -> refuse(exchange, upgradeRequired()));
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        if (!exchange.getRequestMethod().equals(Methods.GET)) {
            exchange.getResponseHeaders().put(Headers.ALLOW, "GET");
            refuse(exchange, methodNotAllowed());
            return;
        }
        if (readiness.isDraining()) {
            refuse(exchange, stopping());
            return;
        }
        Optional<String> session = Cookies.session(exchange);
        if (session.isPresent()) {
            if (!origins.isOwn(exchange)) {
                refuse(exchange, foreignOrigin());
                return;
            }
            exchange.putAttachment(SESSION, session.get());
        }
        handshake.handleRequest(exchange);
    }

    private void refuse(HttpServerExchange exchange, Problem problem) {
        sender.send(exchange, problem.toAnswer());
    }

    private static Problem methodNotAllowed() {
        return Problem.of(
                StatusCodes.METHOD_NOT_ALLOWED,
                "method-not-allowed",
                "Method not allowed",
                "This path answers to GET.");
    }

    /** Not a closed socket but a refusal: a load balancer can then ask another server, and the client does not notice. */
    private static Problem stopping() {
        return Problem.of(
                ChattoException.unavailable(
                        Duration.ofSeconds(1),
                        "This server is stopping: connect again, to another.",
                        null));
    }

    private static Problem foreignOrigin() {
        return Problem.of(
                StatusCodes.FORBIDDEN,
                "origin",
                "Not allowed",
                "A session cookie is accepted from this server's own pages only.");
    }

    private static Problem upgradeRequired() {
        return Problem.of(
                StatusCodes.UPGRADE_REQUIRED,
                "upgrade-required",
                "Upgrade required",
                "This path is a WebSocket.");
    }
}
