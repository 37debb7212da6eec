package chat.chatto.http.routing;

import chat.chatto.core.ChattoException;
import chat.chatto.http.json.MalformedJsonException;

import io.undertow.io.Receiver;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Takes a request from its head to its answer. The IO thread finds the route and takes in the body, so that a slow sender holds no thread;
 * everything else happens on a virtual thread. Safe for use by many threads.
 */
public final class Dispatcher implements HttpHandler {

    private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);
    private static final String API = "/api/";
    private static final byte[] NO_BODY = {};

    private final Router router;
    private final Authenticator authenticator;
    private final ClientAddresses addresses;
    private final AnswerSender sender;
    private final InFlight inFlight;
    private final RequestMetrics metrics;
    private final Executor executor;
    private final HttpHandler otherwise;
    private final LargeBodies largeBodies = new LargeBodies();

    /**
     * @param executor starts a virtual thread for each task
     * @param otherwise answers for paths outside of the interface
     */
    public Dispatcher(
            Router router,
            Authenticator authenticator,
            ClientAddresses addresses,
            AnswerSender sender,
            InFlight inFlight,
            RequestMetrics metrics,
            Executor executor,
            HttpHandler otherwise) {
        this.router = router;
        this.authenticator = authenticator;
        this.addresses = addresses;
        this.sender = sender;
        this.inFlight = inFlight;
        this.metrics = metrics;
        this.executor = executor;
        this.otherwise = otherwise;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        String path = exchange.getRelativePath();
        switch (router.find(Verb.of(exchange.getRequestMethod()), path)) {
            case Router.Match.Found found -> begin(exchange, found);
            case Router.Match.WrongMethod wrong -> send(exchange, wrongMethod(wrong.allowed()));
            case Router.Match.Unknown() -> {
                if (path.startsWith(API)) {
                    send(exchange, unknownPath());
                } else {
                    beginOther(exchange);
                }
            }
        }
    }

    private void begin(HttpServerExchange exchange, Router.Match.Found found) {
        if (!inFlight.begin()) {
            send(exchange, overloaded());
            return;
        }
        exchange.addExchangeCompleteListener(
                (finished, next) -> {
                    inFlight.end();
                    metrics.record(
                            found.route(),
                            finished.getStatusCode(),
                            System.nanoTime() - finished.getRequestStartTime());
                    next.proceed();
                });
        receive(exchange, found);
    }

    private void beginOther(HttpServerExchange exchange) throws Exception {
        if (!inFlight.begin()) {
            send(exchange, overloaded());
            return;
        }
        exchange.addExchangeCompleteListener(
                (_, next) -> {
                    inFlight.end();
                    next.proceed();
                });
        if (inFlight.isDraining()) {
            exchange.setPersistent(false);
        }
        otherwise.handleRequest(exchange);
    }

    private void receive(HttpServerExchange exchange, Router.Match.Found found) {
        Body body = found.route().body();
        if (exchange.isRequestComplete()) {
            dispatch(exchange, found, NO_BODY);
            return;
        }
        if (exchange.getRequestContentLength() > body.limit()) {
            refuseBody(exchange, Problem.tooLarge(body.limit()));
            return;
        }
        if (body.content() == Body.Content.JSON && !isJson(exchange)) {
            refuseBody(exchange, unsupportedType());
            return;
        }
        if (body.content() == Body.Content.LARGE) {
            exchange.dispatch(executor, () -> receiveLarge(exchange, found));
        } else {
            receiveAll(exchange, found);
        }
    }

    private void receiveLarge(HttpServerExchange exchange, Router.Match.Found found) {
        int limit = found.route().body().limit();
        Principal sender;
        try {
            sender = authenticator.require(exchange, found.route().verb());
        } catch (ProblemException e) {
            refuseBody(exchange, e.problem());
            return;
        } catch (ChattoException e) {
            refuseBody(exchange, Problem.of(e));
            return;
        }
        if (!largeBodies.begin(exchange, sender, limit, () -> receiveAll(exchange, found))) {
            exchange.setPersistent(false);
            send(exchange, overloaded());
        }
    }

    private void receiveAll(HttpServerExchange exchange, Router.Match.Found found) {
        Body body = found.route().body();
        Receiver receiver = exchange.getRequestReceiver();
        receiver.setMaxBufferSize(body.limit());
        receiver.receiveFullBytes(
                (received, bytes) -> dispatch(received, found, bytes),
                (failed, failure) -> receiveFailed(failed, body, failure));
    }

    private void receiveFailed(HttpServerExchange exchange, Body body, IOException failure) {
        if (failure instanceof Receiver.RequestToLargeException) {
            refuseBody(exchange, Problem.tooLarge(body.limit()));
        } else {
            log.debug("The sender of a request went away", failure);
            exchange.endExchange();
        }
    }

    private void dispatch(HttpServerExchange exchange, Router.Match.Found found, byte[] body) {
        exchange.dispatch(executor, () -> send(exchange, answer(exchange, found, body)));
    }

    private Answer answer(HttpServerExchange exchange, Router.Match.Found found, byte[] body) {
        Route route = found.route();
        try {
            Optional<Principal> principal =
                    route.access().session()
                            ? Optional.of(authenticator.require(exchange, route.verb()))
                            : Optional.empty();
            List<String> parameters = found.parameters();
            return route.endpoint()
                    .answer(
                            new Call(
                                    exchange, parameters, addresses.of(exchange), principal, body));
        } catch (MalformedJsonException e) {
            return Problem.malformed(String.valueOf(e.getMessage())).toAnswer();
        } catch (ProblemException e) {
            return e.problem().toAnswer();
        } catch (ChattoException e) {
            log.debug("{} was refused", route, e);
            return Problem.of(e).toAnswer();
        } catch (RuntimeException e) {
            log.error("{} failed", route, e);
            return Problem.internal().toAnswer();
        }
    }

    /** Sends an answer without reading the rest of the request, whose connection can then not be used again. */
    private void refuseBody(HttpServerExchange exchange, Problem problem) {
        exchange.setPersistent(false);
        send(exchange, problem.toAnswer());
    }

    private void send(HttpServerExchange exchange, Answer answer) {
        sender.send(exchange, answer);
    }

    private static boolean isJson(HttpServerExchange exchange) {
        String type = exchange.getRequestHeaders().getFirst(Headers.CONTENT_TYPE);
        if (type == null) {
            return false;
        }
        String media = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return media.equals("application/json")
                || (media.startsWith("application/") && media.endsWith("+json"));
    }

    private static Answer wrongMethod(String allowed) {
        return Problem.of(
                        StatusCodes.METHOD_NOT_ALLOWED,
                        "method-not-allowed",
                        "Method not allowed",
                        "This path answers to " + allowed + ".")
                .toAnswer()
                .with(Headers.ALLOW, allowed);
    }

    private static Answer unknownPath() {
        return Problem.of(
                        StatusCodes.NOT_FOUND,
                        "not-found",
                        "Not found",
                        "There is no such call; /api/v1/openapi.json lists all.")
                .toAnswer();
    }

    private static Problem unsupportedType() {
        return Problem.of(
                StatusCodes.UNSUPPORTED_MEDIA_TYPE,
                "unsupported-media-type",
                "Unsupported media type",
                "The body must be JSON, with the header Content-Type: application/json.");
    }

    private static Answer overloaded() {
        return Problem.of(
                        ChattoException.unavailable(
                                Duration.ofSeconds(1),
                                "Too many requests are being answered at once; try again.",
                                null))
                .toAnswer();
    }
}
