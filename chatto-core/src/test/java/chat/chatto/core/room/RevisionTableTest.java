package chat.chatto.core.room;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;

class RevisionTableTest {

    @Test
    void agreesWithAMap() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        RevisionTable<RoomId> table = new RevisionTable<>();
        Map<RoomId, Long> model = new HashMap<>();

        for (long revision = 1; revision <= 20_000; revision++) {
            RoomId room = new RoomId("R" + random.nextInt(3_000));
            boolean in = random.nextBoolean();
            boolean wasIn = table.put(room, revision, in);
            Long former = model.put(room, in ? revision : -revision);
            assertThat(wasIn).as("seed %d", seed).isEqualTo(former != null && former > 0);
        }

        Map<RoomId, Long> rows = new HashMap<>();
        table.rows()
                .forEach(row -> rows.put(row.key(), row.in() ? row.revision() : -row.revision()));
        assertThat(rows).as("seed %d", seed).isEqualTo(model);
        assertThat(table.in()).isEqualTo(model.values().stream().filter(r -> r > 0).count());
        assertThat(table.keysIn()).hasSize(table.in()).allMatch(table::isIn);
        assertThat(table.isIn(new RoomId("unknown"))).isFalse();
    }
}
