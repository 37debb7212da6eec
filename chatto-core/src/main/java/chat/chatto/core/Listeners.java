package chat.chatto.core;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Who wants to hear of something. Safe for use by many threads. */
public final class Listeners<T> {

    private static final Logger log = LoggerFactory.getLogger(Listeners.class);

    private final List<Consumer<T>> registered = new CopyOnWriteArrayList<>();

    /** Registers a listener. @return ends the registration */
    public Runnable add(Consumer<T> listener) {
        registered.add(listener);
        return () -> registered.remove(listener);
    }

    /** Tells every listener. One that throws is logged; it must not keep the news from the others. */
    public void tell(T news) {
        for (Consumer<T> listener : registered) {
            try {
                listener.accept(news);
            } catch (RuntimeException e) {
                log.error("A listener failed at {}", news.getClass().getSimpleName(), e);
            }
        }
    }
}
