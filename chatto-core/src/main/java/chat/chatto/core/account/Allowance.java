package chat.chatto.core.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * So many attempts for each key in so much time: a token bucket for each, refilled evenly. The keys in memory are bounded; the least
 * used ones are forgotten first. Safe for use by many threads.
 */
final class Allowance {

    private static final int KEYS = 100_000;

    private final int capacity;
    private final double refillMillis;
    private final InstantSource clock;
    private final Cache<String, Level> levels;

    /** How many attempts were left at a time. */
    private record Level(double left, long atMillis) {}

    Allowance(int capacity, Duration period, InstantSource clock) {
        this.capacity = capacity;
        this.refillMillis = (double) period.toMillis() / capacity;
        this.clock = clock;
        this.levels =
                Caffeine.newBuilder()
                        .maximumSize(KEYS)
                        .expireAfterWrite(period)
                        .ticker(() -> clock.millis() * 1_000_000)
                        .build();
    }

    /**
     * Uses one attempt.
     *
     * @return empty when it is granted, else how long to wait for one
     */
    Optional<Duration> take(String key) {
        Level level = change(key, -1);
        if (level.left() >= 0) {
            return Optional.empty();
        }
        change(key, 1);
        return Optional.of(Duration.ofMillis((long) Math.ceil(-level.left() * refillMillis)));
    }

    /** Gives one attempt back. */
    void giveBack(String key) {
        change(key, 1);
    }

    private Level change(String key, int by) {
        long now = clock.millis();
        return levels.asMap()
                .compute(
                        key,
                        (_, former) -> {
                            double left =
                                    former == null
                                            ? capacity
                                            : former.left()
                                                    + (now - former.atMillis()) / refillMillis;
                            return new Level(
                                    Math.min(capacity, Math.min(capacity, left) + by), now);
                        });
    }
}
