package chat.chatto.core.room;

import chat.chatto.core.account.UserId;

import org.jspecify.annotations.Nullable;

import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** Who is kept out of which room, and until when; why is in storage only. Safe for use by many threads. */
final class Bans {

    /** Clocks are set, and machines sleep: so often at least it is looked whether a ban has run out. */
    private static final long LONGEST_WAIT_MILLIS = 60_000;

    private final InstantSource clock;
    private final Map<RoomId, Map<UserId, Row>> rooms = new ConcurrentHashMap<>();

    /** The bans that end by themselves, the next one first; guarded by itself. */
    private final NavigableSet<Row> running =
            new TreeSet<>(
                    Comparator.comparingLong(Row::expiresAtMillis)
                            .thenComparing(row -> row.room().value())
                            .thenComparing(Row::user, UserId.BY_VALUE));

    Bans(InstantSource clock) {
        this.clock = clock;
    }

    /** @param expiresAtMillis 0 for never */
    record Row(RoomId room, UserId user, long expiresAtMillis, long revision) {

        boolean current(long nowMillis) {
            return expiresAtMillis == 0 || expiresAtMillis > nowMillis;
        }
    }

    void put(Row row) {
        Row former =
                rooms.computeIfAbsent(row.room(), _ -> new ConcurrentHashMap<>())
                        .put(row.user(), row);
        synchronized (running) {
            forget(former);
            if (row.expiresAtMillis() != 0 && row.current(clock.millis())) {
                running.add(row);
                running.notifyAll();
            }
        }
    }

    void remove(RoomId room, UserId user) {
        Row former = rooms.getOrDefault(room, Map.of()).remove(user);
        synchronized (running) {
            forget(former);
        }
    }

    private void forget(@Nullable Row row) {
        if (row != null) {
            running.remove(row);
        }
    }

    /** Waits until a ban has run out that was not taken yet. */
    void awaitExpired() throws InterruptedException {
        synchronized (running) {
            long wait = millisLeft();
            while (wait > 0) {
                running.wait(wait);
                wait = millisLeft();
            }
        }
    }

    private long millisLeft() {
        return running.isEmpty()
                ? LONGEST_WAIT_MILLIS
                : Math.min(LONGEST_WAIT_MILLIS, running.first().expiresAtMillis() - clock.millis());
    }

    /** Takes a ban that has run out: each once. */
    Optional<Row> takeExpired() {
        synchronized (running) {
            return running.isEmpty() || running.first().current(clock.millis())
                    ? Optional.empty()
                    : Optional.ofNullable(running.pollFirst());
        }
    }

    /** Whether a person's ban has not been taken yet, though it may have run out. */
    boolean runs(RoomId room, UserId user) {
        Optional<Row> row = find(room, user);
        synchronized (running) {
            return row.filter(running::contains).isPresent();
        }
    }

    /** Whether a person was banned after a revision, or has a ban on record that has run out since who knows when. */
    boolean changedSince(RoomId room, UserId user, long revision) {
        return find(room, user)
                .filter(row -> row.revision() > revision || !row.current(clock.millis()))
                .isPresent();
    }

    /** Whether a person is kept out now: a ban that has run out is none, though it may still be on record. */
    boolean holds(RoomId room, UserId user) {
        return find(room, user).filter(row -> row.current(clock.millis())).isPresent();
    }

    private Optional<Row> find(RoomId room, UserId user) {
        return Optional.ofNullable(rooms.getOrDefault(room, Map.of()).get(user));
    }

    /** The bans that hold, in the order of the people's ids. */
    List<Row> current(RoomId room) {
        long now = clock.millis();
        return rooms.getOrDefault(room, Map.of()).values().stream()
                .filter(row -> row.current(now))
                .sorted(Comparator.comparing(Row::user, UserId.BY_VALUE))
                .toList();
    }

    /** Some that have run out. */
    List<UserId> expired(RoomId room, int limit) {
        long now = clock.millis();
        return rooms.getOrDefault(room, Map.of()).values().stream()
                .filter(row -> !row.current(now))
                .limit(limit)
                .map(Row::user)
                .toList();
    }
}
