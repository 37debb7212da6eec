package chat.chatto.core.presence;

import static org.assertj.core.api.Assertions.assertThat;

import chat.chatto.core.account.UserId;

import org.junit.jupiter.api.Test;

import java.util.Map;

class SightingsTest {

    private static final UserId ADA = new UserId("Uada");
    private static final UserId BEN = new UserId("Uben");
    private static final long NOW = 1_000;

    private final Sightings sightings = new Sightings();

    @Test
    void countsWhatAPersonDoesOnTheMostActiveServer() {
        sightings.hear("one.1", Map.of(ADA, Activity.IDLE), NOW);
        assertThat(sightings.activity(ADA)).hasValue(Activity.IDLE);

        sightings.hear("two.1", Map.of(ADA, Activity.ACTIVE), NOW);
        assertThat(sightings.activity(ADA)).hasValue(Activity.ACTIVE);

        sightings.hear("two.1", Map.of(), NOW);
        assertThat(sightings.activity(ADA)).hasValue(Activity.IDLE);
    }

    @Test
    void keepsWhoIsStillOnAnotherServer() {
        sightings.hear("one.1", Map.of(ADA, Activity.ACTIVE, BEN, Activity.ACTIVE), NOW);
        sightings.hear("two.9", Map.of(ADA, Activity.ACTIVE), NOW);

        assertThat(sightings.forget("one.1")).containsExactlyInAnyOrder(ADA, BEN);

        assertThat(sightings.people()).containsExactly(ADA);
        assertThat(sightings.forget("one.1")).isEmpty();
    }

    @Test
    void namesThoseForWhomARecordChanges() {
        sightings.hear("one.1", Map.of(ADA, Activity.ACTIVE, BEN, Activity.ACTIVE), NOW);

        assertThat(sightings.hear("one.1", Map.of(ADA, Activity.ACTIVE, BEN, Activity.IDLE), NOW))
                .containsExactly(BEN);
    }

    @Test
    void forgetsServersThatAreSilentButNotItself() {
        sightings.hear("gone.1", Map.of(ADA, Activity.ACTIVE), NOW);
        sightings.know("self.1", Map.of(BEN, Activity.ACTIVE));

        assertThat(sightings.forgetOlderThan(60, NOW + 60)).isEmpty();
        assertThat(sightings.forgetOlderThan(60, NOW + 61)).containsExactly(ADA);

        assertThat(sightings.people()).containsExactly(BEN);
    }

    @Test
    void givesServersTimeToSpeakAgainAfterAnOutage() {
        sightings.hear("other.1", Map.of(ADA, Activity.ACTIVE), NOW);

        sightings.renew(NOW + 100);

        assertThat(sightings.forgetOlderThan(60, NOW + 160)).isEmpty();
        assertThat(sightings.forgetOlderThan(60, NOW + 161)).containsExactly(ADA);
    }
}
