package chat.chatto.acceptance;

import chat.chatto.acceptance.client.Keys;
import chat.chatto.acceptance.client.Person;
import chat.chatto.acceptance.client.Reply;
import chat.chatto.acceptance.client.Said;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * Somebody who posts one numbered message after the other to some rooms in turn, and repeats each, with its key, until it is acknowledged:
 * what a good client does. Any other refusal than "not now" ends it.
 */
final class Poster {

    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Person person;
    private final List<String> rooms;
    private final Duration pace;
    private final FutureTask<List<Acknowledged>> work = new FutureTask<>(this::post);
    private volatile int count;
    private volatile int repetitions;
    private volatile Duration longest = Duration.ZERO;
    private volatile boolean finishing;

    /** A message that the server said it has, and where. */
    record Acknowledged(String room, Said said) {}

    private Poster(Person person, List<String> rooms, Duration pace) {
        this.person = person;
        this.rooms = rooms;
        this.pace = pace;
    }

    static Poster start(Person person, List<String> rooms) {
        return start(person, rooms, Duration.ZERO);
    }

    /** @param pace the pause after each message */
    static Poster start(Person person, List<String> rooms, Duration pace) {
        Poster poster = new Poster(person, rooms, pace);
        Thread.ofVirtual().name(person.login()).start(poster.work);
        return poster;
    }

    /** How many messages were acknowledged so far. */
    int count() {
        if (work.isDone()) {
            finish();
        }
        return count;
    }

    /** How often an attempt was not acknowledged, so that it had to be repeated. */
    int repetitions() {
        return repetitions;
    }

    /** How long it took at most until a message was acknowledged, repetitions included. */
    Duration longest() {
        return longest;
    }

    /** Has the message in hand acknowledged, and tells what was, in that order. */
    List<Acknowledged> finish() {
        finishing = true;
        try {
            return work.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(person.login() + " gave up", e);
        }
    }

    private List<Acknowledged> post() {
        List<Acknowledged> acknowledged = new ArrayList<>();
        while (!finishing) {
            String room = rooms.get(acknowledged.size() % rooms.size());
            String body = person.login() + " says " + acknowledged.size();
            long begin = System.nanoTime();
            Reply reply = repeat(room, body);
            Duration taken = Duration.ofNanos(System.nanoTime() - begin);
            longest = taken.compareTo(longest) > 0 ? taken : longest;
            acknowledged.add(
                    new Acknowledged(
                            room,
                            new Said(
                                    reply.json().get("ordinal").getAsLong(),
                                    person.login(),
                                    body)));
            count = acknowledged.size();
            LockSupport.parkNanos(pace.toNanos());
        }
        return acknowledged;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // One thread writes.
    private Reply repeat(String room, String body) {
        UUID key = Keys.next();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            try {
                Reply reply = person.say(room, body, key);
                if (!reply.unavailable()) {
                    return reply.orFail();
                }
            } catch (UncheckedIOException _) {
                // No answer: the message may be there or not, and the same key finds out.
            }
            repetitions++;
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        throw new AssertionError("Not acknowledged within " + PATIENCE + ": " + body);
    }
}
