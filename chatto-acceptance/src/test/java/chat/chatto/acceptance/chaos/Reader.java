package chat.chatto.acceptance.chaos;

import chat.chatto.acceptance.client.Person;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Somebody who looks at the newest messages of one room after the other, whatever comes. */
final class Reader implements AutoCloseable {

    private static final Duration PACE = Duration.ofMillis(250);

    private final Person person;
    private final List<String> rooms;
    private final History history;
    private final Thread thread;
    private volatile boolean closed;

    private Reader(Person person, List<String> rooms, History history) {
        this.person = person;
        this.rooms = rooms;
        this.history = history;
        this.thread = Thread.ofVirtual().name(person.login()).start(this::read);
    }

    static Reader start(Person person, List<String> rooms, History history) {
        return new Reader(person, rooms, history);
    }

    private void read() {
        for (int count = 0; !closed; count++) {
            String room = rooms.get(count % rooms.size());
            history.attempt(
                    person.login(),
                    Attempt.Kind.READ,
                    () -> person.get("/rooms/" + room + "/messages"));
            LockSupport.parkNanos(PACE.toNanos());
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join(Person.TIMEOUT.plusSeconds(5));
        } catch (InterruptedException e) {
            throw new IllegalStateException("Interrupted while a reader ends", e);
        }
    }
}
