package chat.chatto.core.presence;

import static org.assertj.core.api.Assertions.assertThat;

import chat.chatto.core.account.UserId;

import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

class VisitorsTest {

    private static final UserId ADA = new UserId("Uada");
    private static final long NOW = 1_000;

    private final Visitors visitors = new Visitors();

    @Test
    void showsWhatAPersonDoesOnTheMostActiveConnection() {
        visitors.arrive(ADA, Activity.IDLE);
        assertThat(changed(NOW)).isEqualTo(Map.of(ADA, Activity.IDLE));

        visitors.arrive(ADA, Activity.ACTIVE);
        assertThat(changed(NOW)).isEqualTo(Map.of(ADA, Activity.ACTIVE));

        visitors.change(ADA, Activity.ACTIVE, Activity.IDLE);
        assertThat(changed(NOW)).isEqualTo(Map.of(ADA, Activity.IDLE));
    }

    @Test
    void keepsForAWhileWhoseLastConnectionEnded() {
        visitors.arrive(ADA, Activity.ACTIVE);
        visitors.arrive(ADA, Activity.IDLE);

        visitors.leave(ADA, Activity.ACTIVE, NOW + 10);
        assertThat(changed(NOW + 10)).isEqualTo(Map.of(ADA, Activity.IDLE));
        visitors.leave(ADA, Activity.IDLE, NOW + 20);
        assertThat(changed(NOW + 19)).isEqualTo(Map.of(ADA, Activity.IDLE));

        assertThat(anyChange(NOW + 20)).isTrue();
        assertThat(changed(NOW + 20)).isEmpty();
    }

    @Test
    void forgetsThatSomebodyLeftWhenTheyAreBack() {
        visitors.arrive(ADA, Activity.ACTIVE);
        visitors.leave(ADA, Activity.ACTIVE, NOW + 10);
        visitors.arrive(ADA, Activity.ACTIVE);
        changed(NOW);

        assertThat(anyChange(NOW + 1_000)).isFalse();
    }

    @Test
    void tellsOfAPartOnlyWhenItChanged() {
        visitors.arrive(ADA, Activity.ACTIVE);

        assertThat(anyChange(NOW)).isTrue();
        assertThat(anyChange(NOW)).isFalse();
    }

    private boolean anyChange(long now) {
        return IntStream.range(0, Visitors.PARTS)
                        .filter(part -> visitors.changed(part, now).isPresent())
                        .count()
                > 0;
    }

    private Map<UserId, Activity> changed(long now) {
        Map<UserId, Activity> people = new HashMap<>();
        for (int part = 0; part < Visitors.PARTS; part++) {
            visitors.changed(part, now).ifPresent(people::putAll);
        }
        return people;
    }
}
