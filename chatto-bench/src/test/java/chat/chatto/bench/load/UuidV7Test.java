package chat.chatto.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;

class UuidV7Test {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00.123Z");

    @Test
    void carriesItsTimeItsVersionAndItsVariant() {
        UUID key = new UuidV7(InstantSource.fixed(NOW), new SplittableRandom(1)).next();

        assertThat(key.getMostSignificantBits() >>> 16).isEqualTo(NOW.toEpochMilli());
        assertThat(key.version()).isEqualTo(7);
        assertThat(key.variant()).isEqualTo(2);
    }

    @Test
    void differsWithinOneMillisecond() {
        UuidV7 keys = new UuidV7(InstantSource.fixed(NOW), new SplittableRandom(1));
        Set<UUID> distinct = new HashSet<>();

        for (int i = 0; i < 100_000; i++) {
            distinct.add(keys.next());
        }

        assertThat(distinct).hasSize(100_000);
    }
}
