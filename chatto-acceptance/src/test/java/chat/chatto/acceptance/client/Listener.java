package chat.chatto.acceptance.client;

import com.google.gson.JsonObject;

import org.jspecify.annotations.Nullable;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Somebody who listens to a room and, whenever the connection ends, comes back to where they were, as a good client does. Safe for use by
 * many threads.
 */
public final class Listener implements AutoCloseable {

    private static final Duration LOOK = Duration.ofMillis(10);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Person person;
    private final String room;
    private final Thread thread;
    private final List<Said> heard = new ArrayList<>();
    private final List<String> endings = new ArrayList<>();
    private int refusals;
    private int reloads;
    private @Nullable String cursor;
    private @Nullable Feed feed;
    private volatile boolean closed;

    private Listener(Person person, String room) {
        this.person = person;
        this.room = room;
        this.thread = Thread.ofVirtual().name("listener " + person.login()).unstarted(this::listen);
    }

    /** Begins to listen. */
    public static Listener start(Person person, String room) {
        Listener listener = new Listener(person, room);
        listener.thread.start();
        return listener;
    }

    /** Whether there is a connection over which everything comes at once. */
    public synchronized boolean isReady() {
        Feed current = feed;
        return current != null && current.isOpen() && current.isReady();
    }

    /** What was heard since the start, over all connections. */
    public synchronized List<Said> heard() {
        List<Said> all = new ArrayList<>(heard);
        Feed current = feed;
        if (current != null) {
            all.addAll(current.posted(room));
        }
        return all;
    }

    /** How each connection ended: with the reason that the server gave, or {@code cut}. */
    public synchronized List<String> endings() {
        return List.copyOf(endings);
    }

    /** How often there was no connection to be had. */
    public synchronized int refusals() {
        return refusals;
    }

    /** How often the server could not say any more what was missed. */
    public synchronized int reloads() {
        return reloads;
    }

    @Override
    public void close() {
        closed = true;
        try {
            if (!thread.join(PATIENCE)) {
                throw new AssertionError(person.login() + " does not stop listening");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("Interrupted while a listener stops", e);
        }
    }

    private void listen() {
        while (!closed) {
            try (Feed current = connect()) {
                while (current.isOpen() && !closed) {
                    LockSupport.parkNanos(LOOK.toNanos());
                }
                ended(current);
            } catch (UncheckedIOException _) {
                refused();
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private Feed connect() {
        String place = cursor;
        Feed connected = place == null ? Feed.of(person) : Feed.resume(person, place);
        synchronized (this) {
            feed = connected;
        }
        return connected;
    }

    private synchronized void ended(Feed ended) {
        feed = null;
        heard.addAll(ended.posted(room));
        for (JsonObject ready : ended.framesOf("ready")) {
            if (cursor != null && !ready.get("resumed").getAsBoolean()) {
                reloads++;
            }
        }
        ended.cursor().ifPresent(place -> cursor = place);
        if (!closed) {
            endings.add(
                    ended.framesOf("closing").stream()
                            .map(frame -> frame.get("reason").getAsString())
                            .findFirst()
                            .orElse("cut"));
        }
    }

    private synchronized void refused() {
        refusals++;
    }
}
