package chat.chatto.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScalesTest {

    @Test
    void putsPowersOfTenAtEvenDistances() {
        LogScale scale = LogScale.covering(1_000, 1_000_000, 100, 400);

        assertThat(scale.ticks()).containsExactly(1e3, 1e4, 1e5, 1e6);
        assertThat(scale.at(1_000)).isCloseTo(100, within(1e-6));
        assertThat(scale.at(10_000)).isCloseTo(200, within(1e-6));
        assertThat(scale.at(1_000_000)).isCloseTo(400, within(1e-6));
    }

    @Test
    void widensALogarithmicAxisToWholePowers() {
        LogScale scale = LogScale.covering(1_500, 1_500, 0, 100);

        assertThat(scale.ticks()).containsExactly(1e3, 1e4);
        assertThat(scale.at(1_500)).isBetween(0.0, 100.0);
    }

    @Test
    void refusesWhatALogarithmCannotShow() {
        assertThatIllegalArgumentException().isThrownBy(() -> LogScale.covering(0, 10, 0, 100));
    }

    @Test
    void endsALinearAxisAtARoundValueAboveTheGreatest() {
        LinearScale scale = LinearScale.covering(873, 300, 0);

        assertThat(scale.ticks()).containsExactly(0.0, 200.0, 400.0, 600.0, 800.0, 1_000.0);
        assertThat(scale.at(0)).isCloseTo(300, within(1e-6));
        assertThat(scale.at(1_000)).isCloseTo(0, within(1e-6));
    }

    @Test
    void keepsAGreatestValueThatIsRoundAlready() {
        assertThat(LinearScale.covering(0.5, 0, 100).top()).isCloseTo(0.5, within(1e-9));
    }
}
