package chat.chatto.acceptance.chaos;

import chat.chatto.acceptance.client.Keys;
import chat.chatto.acceptance.client.Person;
import chat.chatto.acceptance.client.Reply;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Somebody who posts, edits and reacts, one thing after the other, and repeats each until it is acknowledged: posts with their idempotency key,
 * the rest as it is, since repeating it changes nothing.
 */
final class Writer {

    private static final Duration RETRY = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int REMEMBERED = 50;

    private static final int POSTS_OF_100 = 84;
    private static final int EDITS_OF_100 = 8;

    private final Person person;
    private final List<String> rooms;
    private final String emoji;
    private final Duration pace;
    private final Random random;
    private final History history;
    private final FutureTask<Boolean> work = new FutureTask<>(this::write);
    private final List<Deed.Post> own = new ArrayList<>();
    private volatile boolean finishing;
    private int count;

    private record Settled(Reply reply, Deed.Outcome outcome) {}

    private Writer(
            Person person,
            List<String> rooms,
            String emoji,
            Duration pace,
            Random random,
            History history) {
        this.person = person;
        this.rooms = rooms;
        this.emoji = emoji;
        this.pace = pace;
        this.random = random;
        this.history = history;
    }

    /**
     * Begins to write.
     *
     * @param emoji nobody else reacts with it
     * @param pace the pause after each deed
     */
    static Writer start(
            Person person,
            List<String> rooms,
            String emoji,
            Duration pace,
            Random random,
            History history) {
        Writer writer = new Writer(person, rooms, emoji, pace, random, history);
        Thread.ofVirtual().name(person.login()).start(writer.work);
        return writer;
    }

    /** Has what is in hand acknowledged and ends. */
    void finish() {
        finishing = true;
        try {
            work.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(person.login() + " does not finish", e);
        }
    }

    private boolean write() {
        while (!finishing) {
            int dice = random.nextInt(100);
            if (dice < POSTS_OF_100 || own.isEmpty()) {
                post();
            } else if (dice < POSTS_OF_100 + EDITS_OF_100) {
                edit(own.get(random.nextInt(own.size())));
            } else {
                react(own.get(random.nextInt(own.size())), random.nextInt(3) > 0);
            }
            LockSupport.parkNanos(pace.toNanos());
        }
        return true;
    }

    private void post() {
        String room = rooms.get(count % rooms.size());
        String token = person.login() + "-" + count++;
        UUID key = Keys.next();
        Settled settled =
                settle(Attempt.Kind.POST, () -> person.say(room, token + " is what I say", key));
        OptionalLong ordinal =
                settled.outcome().acknowledged()
                        ? OptionalLong.of(settled.reply().json().get("ordinal").getAsLong())
                        : OptionalLong.empty();
        Deed.Post post = new Deed.Post(person.login(), room, token, ordinal);
        history.add(post);
        if (ordinal.isPresent()) {
            own.add(post);
            if (own.size() > REMEMBERED) {
                own.removeFirst();
            }
        }
    }

    private void edit(Deed.Post post) {
        long ordinal = post.ordinal().orElseThrow();
        String body = post.token() + " is what I say now " + count++;
        Settled settled =
                settle(Attempt.Kind.CHANGE, () -> person.edit(post.room(), ordinal, body));
        history.add(new Deed.Edit(person.login(), post.room(), ordinal, body, settled.outcome()));
    }

    private void react(Deed.Post post, boolean present) {
        long ordinal = post.ordinal().orElseThrow();
        Settled settled =
                settle(
                        Attempt.Kind.CHANGE,
                        () -> person.react(post.room(), ordinal, emoji, present));
        history.add(
                new Deed.Reaction(
                        person.login(), post.room(), ordinal, emoji, present, settled.outcome()));
    }

    private Settled settle(Attempt.Kind kind, Supplier<Reply> request) {
        boolean doubtful = false;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Reply reply = history.attempt(person.login(), kind, request);
            if (reply.succeeded()) {
                return new Settled(
                        reply,
                        doubtful ? Deed.Outcome.ACKNOWLEDGED_LATE : Deed.Outcome.ACKNOWLEDGED);
            }
            if (!isTemporary(reply)) {
                history.surprise(
                        person.login() + " was answered " + reply.status() + ": " + reply.body());
                return new Settled(reply, Deed.Outcome.UNKNOWN);
            }
            if (System.nanoTime() - deadline >= 0) {
                history.surprise(person.login() + " gave up after " + PATIENCE);
                return new Settled(reply, Deed.Outcome.UNKNOWN);
            }
            doubtful = true;
            LockSupport.parkNanos(RETRY.toNanos());
        }
    }

    /** No answer, the proxy found no server, or the server says "not now". */
    private static boolean isTemporary(Reply reply) {
        return switch (reply.status()) {
            case 0, 502, 503, 504 -> true;
            default -> false;
        };
    }
}
