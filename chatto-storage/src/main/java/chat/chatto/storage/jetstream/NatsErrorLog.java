package chat.chatto.storage.jetstream;

import io.nats.client.Connection;
import io.nats.client.Consumer;
import io.nats.client.ErrorListener;
import io.nats.client.Message;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.concurrent.TimeoutException;

/** Writes what the client library reports to our log. Lost connections are expected and said elsewhere, once. */
final class NatsErrorLog implements ErrorListener {

    private static final Logger log = LoggerFactory.getLogger(NatsErrorLog.class);

    @Override
    public void errorOccurred(Connection connection, String error) {
        log.warn("NATS reports: {}", error);
    }

    @Override
    public void exceptionOccurred(Connection connection, Exception exception) {
        boolean connectionLost =
                exception instanceof IOException
                        || exception instanceof TimeoutException
                        || exception.getCause() instanceof IOException;
        if (connectionLost) {
            log.debug("The connection to NATS had a problem", exception);
        } else {
            log.warn("The connection to NATS had a problem", exception);
        }
    }

    @Override
    public void slowConsumerDetected(Connection connection, Consumer consumer) {
        log.warn(
                "Messages from NATS are dropped: {} of them wait to be handled",
                consumer.getPendingMessageCount());
    }

    @Override
    public void messageDiscarded(Connection connection, Message message) {
        log.warn("A message to NATS on {} was dropped", message.getSubject());
    }

    @Override
    public void socketWriteTimeout(Connection connection) {
        log.warn("NATS does not read what is sent to it");
    }
}
