package chat.chatto.acceptance.chaos;

import chat.chatto.acceptance.client.Reply;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/** What all clients did and saw, as it happened. Safe for use by many threads. */
final class History {

    private static final int NO_ANSWER = 0;

    private final RunClock clock;
    private final Queue<Attempt> attempts = new ConcurrentLinkedQueue<>();
    private final Queue<Deed> deeds = new ConcurrentLinkedQueue<>();
    private final Queue<String> surprises = new ConcurrentLinkedQueue<>();
    private final Map<String, Long> lastWritten = new ConcurrentHashMap<>(); // by client

    History(RunClock clock) {
        this.clock = clock;
    }

    /**
     * Makes a request and writes down how it went.
     *
     * @return status 0 when there was no answer, so that it is not known what became of it
     */
    Reply attempt(String client, Attempt.Kind kind, Supplier<Reply> request) {
        long begin = clock.millis();
        Reply reply;
        try {
            reply = request.get();
        } catch (UncheckedIOException e) {
            reply = new Reply(NO_ANSWER, String.valueOf(e.getMessage()));
        }
        long end = clock.millis();
        if (reply.succeeded() && kind != Attempt.Kind.READ) {
            lastWritten.put(client, end);
        }
        attempts.add(
                new Attempt(
                        client,
                        kind,
                        begin,
                        end,
                        reply.status(),
                        !reply.succeeded() && reply.isProblem(),
                        kind == Attempt.Kind.READ
                                && reply.succeeded()
                                && reply.json().has("stale")));
        return reply;
    }

    /** Whether everybody who ever wrote something did so again since a moment. */
    boolean everybodyWroteSince(long millis) {
        return lastWritten.values().stream().allMatch(last -> last > millis);
    }

    void add(Deed deed) {
        deeds.add(deed);
    }

    /** Writes down what must not happen, whatever is broken. */
    void surprise(String what) {
        surprises.add(clock.millis() + " ms: " + what);
    }

    /** In the order in which they ended. */
    List<Attempt> attempts() {
        return List.copyOf(attempts);
    }

    /** Those of one author in the order in which they were done. */
    List<Deed> deeds() {
        return List.copyOf(deeds);
    }

    List<String> surprises() {
        return List.copyOf(surprises);
    }
}
