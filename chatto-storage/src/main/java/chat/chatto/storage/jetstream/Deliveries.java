package chat.chatto.storage.jetstream;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** All deliveries of one connection. Safe for use by many threads. */
final class Deliveries implements AutoCloseable {

    private final Link link;
    private final Set<Delivery> running = ConcurrentHashMap.newKeySet();

    Deliveries(Link link) {
        this.link = link;
    }

    Delivery begin(StreamHandle stream, String filter, long afterSequence, Delivery.Sink sink) {
        Delivery delivery =
                new Delivery(link, stream, filter, afterSequence, sink, running::remove);
        running.add(delivery);
        delivery.start();
        return delivery;
    }

    /** What was asked of a former connection is not answered on a new one: everybody asks again. */
    void reconnected() {
        running.forEach(Delivery::restart);
    }

    @Override
    public void close() {
        running.forEach(Delivery::close);
    }
}
