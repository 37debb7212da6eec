package chat.chatto.storage.jetstream;

import chat.chatto.storage.Broadcast;
import chat.chatto.storage.Follower;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Broadcasts on core NATS. */
final class NatsBroadcast implements Broadcast {

    private static final Logger log = LoggerFactory.getLogger(NatsBroadcast.class);

    private static final String PREFIX = "live.";

    private final Connection connection;

    NatsBroadcast(Connection connection) {
        this.connection = connection;
    }

    @Override
    public void send(String channel, byte[] content) {
        try {
            connection.publish(PREFIX + Keys.checked(channel), content);
        } catch (IllegalStateException e) {
            log.debug("A broadcast on {} was dropped", channel, e);
        }
    }

    @Override
    public Subscription listen(String channel, Follower<Message> listener) {
        Dispatcher dispatcher =
                connection.createDispatcher(
                        message -> {
                            String from = message.getSubject().substring(PREFIX.length());
                            try {
                                listener.accept(new Message(from, message.getData()));
                            } catch (RuntimeException e) {
                                log.error("A listener to broadcasts failed on {}", from, e);
                            }
                        });
        dispatcher.subscribe(PREFIX + channel);
        return () -> connection.closeDispatcher(dispatcher);
    }
}
