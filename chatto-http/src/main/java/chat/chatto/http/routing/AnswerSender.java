package chat.chatto.http.routing;

import io.undertow.io.IoCallback;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;

import jakarta.inject.Inject;

import java.nio.ByteBuffer;

/** Puts answers on the wire. Safe for use by many threads. */
public final class AnswerSender {

    private final Compression compression;
    private final SecurityHeaders security;
    private final InFlight inFlight;

    @Inject
    public AnswerSender(Compression compression, SecurityHeaders security, InFlight inFlight) {
        this.compression = compression;
        this.security = security;
        this.inFlight = inFlight;
    }

    /** Sends the answer and ends the exchange. It returns before all of it is written, except for what is read while it is sent. */
    public void send(HttpServerExchange exchange, Answer answer) {
        exchange.setStatusCode(answer.status());
        security.add(exchange, answer.kind());
        for (Answer.Header header : answer.headers()) {
            exchange.getResponseHeaders().add(header.name(), header.value());
        }
        if (inFlight.isDraining()) {
            exchange.setPersistent(false);
        }
        if (answer.streamed().isPresent()) {
            exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, answer.contentType());
            StreamSender.send(exchange, answer.streamed().get());
            return;
        }
        ByteBuffer body = answer.body();
        if (!body.hasRemaining()) {
            finish(exchange, exchange::endExchange);
            return;
        }
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, answer.contentType());
        ByteBuffer sent =
                answer.kind() == Answer.Kind.DATA ? compression.apply(exchange, body) : body;
        finish(exchange, () -> exchange.getResponseSender().send(sent, IoCallback.END_EXCHANGE));
    }

    /**
     * Ends an exchange on its connection's own thread. Undertow lets any thread end it, but then that thread and the connection's
     * contend for the connection's state, and the latter spins until it has it.
     */
    private static void finish(HttpServerExchange exchange, Runnable ending) {
        if (exchange.isInIoThread()) {
            ending.run();
        } else {
            exchange.getIoThread().execute(ending);
        }
    }
}
