package chat.chatto.acceptance.chaos;

import chat.chatto.acceptance.client.LiveSocket;
import chat.chatto.acceptance.client.Person;
import chat.chatto.acceptance.client.Reply;

import com.google.gson.JsonObject;

import org.jspecify.annotations.Nullable;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Somebody who shows some rooms as they are told of them on a WebSocket, through all interruptions: resumes from the last cursor on whichever
 * server the proxy chooses, and loads everything anew when told to. Safe for use by many threads.
 */
final class Listener implements AutoCloseable {

    private static final Duration RETRY = Duration.ofMillis(200);
    private static final int FRAMES = 100_000;

    /** Nothing, not even a heartbeat, came for so long: the connection is taken for dead. */
    private static final Duration SILENCE = Duration.ofSeconds(45);

    private final Person person;
    private final List<String> rooms;
    private final History history;
    private final RunClock clock;
    private final Map<String, NavigableMap<Long, Line>> shown = new HashMap<>(); // guarded by this
    private final List<Long> staleSince = new ArrayList<>(); // guarded by this
    private final Thread thread;
    private volatile boolean closed;
    private @Nullable String cursor; // the thread's own, like all below
    private int resumptions;
    private int reloads;

    private Listener(Person person, List<String> rooms, History history, RunClock clock) {
        this.person = person;
        this.rooms = rooms;
        this.history = history;
        this.clock = clock;
        rooms.forEach(room -> shown.put(room, new TreeMap<>()));
        this.thread = Thread.ofVirtual().name(person.login()).start(this::listen);
    }

    static Listener start(Person person, List<String> rooms, History history, RunClock clock) {
        return new Listener(person, rooms, history, clock);
    }

    /** What is shown of a room now. */
    synchronized List<Line> shown(String room) {
        return List.copyOf(shown.getOrDefault(room, new TreeMap<>()).values());
    }

    /** When it was told that what it shows may be stale, in milliseconds since the run began. */
    synchronized List<Long> toldStale() {
        return List.copyOf(staleSince);
    }

    /** How often it went on where it had been, and how often it had to load everything. */
    synchronized String interruptions() {
        return resumptions + " resumptions, " + reloads + " reloads";
    }

    String login() {
        return person.login();
    }

    private void listen() {
        while (!closed) {
            BlockingQueue<JsonObject> frames = new ArrayBlockingQueue<>(FRAMES);
            try (LiveSocket socket = LiveSocket.open(person, cursor, frames::add)) {
                while (!closed
                        && (socket.isOpen() || !frames.isEmpty())
                        && socket.silence().compareTo(SILENCE) < 0) {
                    JsonObject frame = frames.poll(100, TimeUnit.MILLISECONDS);
                    if (frame != null) {
                        take(frame);
                    }
                }
            } catch (UncheckedIOException _) {
                // Nobody there: again in a moment.
            } catch (InterruptedException e) {
                return;
            }
            LockSupport.parkNanos(RETRY.toNanos());
        }
    }

    private void take(JsonObject frame) {
        switch (frame.get("type").getAsString()) {
            case "ready" -> begin(frame.get("resumed").getAsBoolean());
            case "message.posted" -> show(frame, true);
            case "message.edited", "message.deleted", "message.reactions" -> show(frame, false);
            case "stale" -> {
                if (frame.get("stale").getAsBoolean()) {
                    synchronized (this) {
                        staleSince.add(clock.millis());
                    }
                }
            }
            default -> {
                // Rooms and people are not shown here.
            }
        }
        if (frame.has("cursor")) {
            cursor = frame.get("cursor").getAsString();
        }
    }

    private void begin(boolean resumed) {
        if (resumed) {
            synchronized (this) {
                resumptions++;
            }
            return;
        }
        for (String room : rooms) {
            NavigableMap<Long, Line> lines = load(room);
            synchronized (this) {
                shown.put(room, lines);
            }
        }
        synchronized (this) {
            reloads++;
        }
    }

    private NavigableMap<Long, Line> load(String room) {
        while (!closed) {
            try {
                NavigableMap<Long, Line> lines = new TreeMap<>();
                for (JsonObject message : person.timeline(room)) {
                    lines.put(message.get("ordinal").getAsLong(), Line.of(message));
                }
                return lines;
            } catch (Reply.Refusal | UncheckedIOException _) {
                LockSupport.parkNanos(RETRY.toNanos());
            }
        }
        return new TreeMap<>();
    }

    private synchronized void show(JsonObject frame, boolean isNew) {
        NavigableMap<Long, Line> lines = shown.get(frame.get("roomId").getAsString());
        JsonObject message = frame.getAsJsonObject("message");
        if (lines == null || message.has("threadRoot")) {
            return;
        }
        Line line = Line.of(message);
        if (isNew && !lines.isEmpty() && line.ordinal() > lines.lastKey() + 1) {
            history.surprise(
                    person.login()
                            + " was told of "
                            + line
                            + " after "
                            + lines.lastKey()
                            + " and misses what is between");
        }
        lines.put(line.ordinal(), line);
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(Person.TIMEOUT.plusSeconds(5));
        } catch (InterruptedException e) {
            throw new IllegalStateException("Interrupted while a listener ends", e);
        }
    }
}
