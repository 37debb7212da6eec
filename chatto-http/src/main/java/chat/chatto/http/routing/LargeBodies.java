package chat.chatto.http.routing;

import io.undertow.server.HttpServerExchange;

import org.xnio.IoUtils;
import org.xnio.XnioExecutor;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Takes in large bodies only a few at a time, and only when it is known who sends them: memory is taken up by those alone, and nobody keeps
 * others from theirs by sending slowly. Safe for use by many threads.
 */
final class LargeBodies {

    private static final int AT_ONCE = 16;
    private static final int AT_ONCE_OF_ONE = 6;

    /** How long a body may take: a megabyte needs 17 kB a second. */
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final Turns turns = new Turns(AT_ONCE, AT_ONCE_OF_ONE);

    /**
     * Waits for the sender's turn, which lasts until the request is answered. To be called on a thread that may block.
     *
     * @param receive takes in the body, on the connection's own thread
     * @return whether the turn came
     */
    boolean begin(HttpServerExchange exchange, Principal sender, int limit, Runnable receive) {
        if (!turns.enter(sender.user())) {
            return false;
        }
        exchange.setMaxEntitySize(limit);
        XnioExecutor.Key deadline =
                exchange.getIoThread()
                        .executeAfter(
                                () -> giveUp(exchange), LONGEST.toMillis(), TimeUnit.MILLISECONDS);
        exchange.addExchangeCompleteListener(
                (_, next) -> {
                    deadline.remove();
                    turns.leave(sender.user());
                    next.proceed();
                });
        exchange.getIoThread().execute(receive);
        return true;
    }

    private static void giveUp(HttpServerExchange exchange) {
        if (!exchange.isRequestComplete()) {
            IoUtils.safeClose(exchange.getConnection());
        }
    }
}
