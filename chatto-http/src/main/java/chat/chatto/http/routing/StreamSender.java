package chat.chatto.http.routing;

import io.undertow.io.IoCallback;
import io.undertow.io.Sender;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Methods;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.IoUtils;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends what is read meanwhile: only as fast as the client takes it, and never more than one piece ahead. Stateless. */
final class StreamSender {

    private static final Logger log = LoggerFactory.getLogger(StreamSender.class);

    private static final int PIECE_BYTES = 64 * 1024;

    /** A client that takes nothing for so long, such as a film that was paused, asks again when it goes on. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private StreamSender() {}

    /** Blocks until all was sent, or nothing more can be. */
    static void send(HttpServerExchange exchange, Streamed body) {
        try (body) {
            exchange.setResponseContentLength(body.length());
            if (!exchange.getRequestMethod().equals(Methods.HEAD)) {
                sendAll(exchange, body);
            }
            exchange.getIoThread().execute(exchange::endExchange);
        } catch (IOException | TimeoutException e) {
            log.debug("A client takes no more", e);
            IoUtils.safeClose(exchange.getConnection());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            IoUtils.safeClose(exchange.getConnection());
        } catch (RuntimeException e) {
            log.warn("A file cannot be read to its end", e);
            IoUtils.safeClose(exchange.getConnection());
        }
    }

    private static void sendAll(HttpServerExchange exchange, Streamed body)
            throws IOException, InterruptedException, TimeoutException {
        long offset = 0;
        while (offset < body.length()) {
            ByteBuffer read = body.read(offset);
            long left = body.length() - offset;
            if (read.remaining() > left) {
                read.limit(read.position() + (int) left);
            }
            offset += read.remaining();
            while (read.hasRemaining()) {
                int length = Math.min(PIECE_BYTES, read.remaining());
                sendPiece(exchange, read.slice(read.position(), length));
                read.position(read.position() + length);
            }
        }
    }

    /** On the connection's own thread, as everything that is written. */
    private static void sendPiece(HttpServerExchange exchange, ByteBuffer piece)
            throws IOException, InterruptedException, TimeoutException {
        CompletableFuture<Void> sent = new CompletableFuture<>();
        exchange.getIoThread()
                .execute(() -> exchange.getResponseSender().send(piece, new Completion(sent)));
        try {
            sent.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException("The client went away", e.getCause());
        }
    }

    private record Completion(CompletableFuture<Void> sent) implements IoCallback {

        @Override
        public void onComplete(HttpServerExchange exchange, Sender sender) {
            sent.complete(null);
        }

        @Override
        public void onException(HttpServerExchange exchange, Sender sender, IOException exception) {
            sent.completeExceptionally(exception);
        }
    }
}
