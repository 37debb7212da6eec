package chat.chatto.core.room;

import chat.chatto.core.account.UserId;

import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Who is kept out of which room, and until when; why is in storage only. Safe for use by many threads. */
final class Bans {

    private final InstantSource clock;
    private final Map<RoomId, Map<UserId, Row>> rooms = new ConcurrentHashMap<>();

    Bans(InstantSource clock) {
        this.clock = clock;
    }

    /** @param expiresAtMillis 0 for never */
    record Row(UserId user, long expiresAtMillis, long revision) {

        boolean current(long nowMillis) {
            return expiresAtMillis == 0 || expiresAtMillis > nowMillis;
        }
    }

    void put(RoomId room, Row row) {
        rooms.computeIfAbsent(room, _ -> new ConcurrentHashMap<>()).put(row.user(), row);
    }

    void remove(RoomId room, UserId user) {
        rooms.getOrDefault(room, Map.of()).remove(user);
    }

    /** Whether a person is kept out now: a ban that has run out is none, though it may still be on record. */
    boolean holds(RoomId room, UserId user) {
        return find(room, user).filter(row -> row.current(clock.millis())).isPresent();
    }

    Optional<Row> find(RoomId room, UserId user) {
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
