package chat.chatto.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.SplittableRandom;

class ScheduleTest {

    @Test
    void spacesEvenArrivalsByTheRate() {
        Schedule schedule = Schedule.even(20, Duration.ofSeconds(2));

        assertThat(schedule.size()).isEqualTo(40);
        assertThat(schedule.offset(0)).isZero();
        assertThat(schedule.offset(39)).isEqualTo(Duration.ofMillis(1950).toNanos());
    }

    @Test
    void poissonArrivalsAscendAtTheRateAndAreIrregular() {
        int requests = 100_000;

        Schedule schedule =
                Schedule.poisson(1_000, Duration.ofSeconds(100), new SplittableRandom(7));

        assertThat(schedule.size()).isEqualTo(requests);
        double squares = 0;
        for (int i = 1; i < requests; i++) {
            double gap = (schedule.offset(i) - schedule.offset(i - 1)) / 1e6;
            assertThat(gap).isNotNegative();
            squares += gap * gap;
        }
        assertThat(schedule.offset(requests - 1) / 1e9).isCloseTo(100, within(1.5));
        assertThat(squares / requests)
                .as("mean square of exponential gaps of mean 1 ms")
                .isCloseTo(2, within(0.1));
    }

    @Test
    void repeatsWithItsSeed() {
        Schedule first = Schedule.poisson(100, Duration.ofSeconds(1), new SplittableRandom(3));
        Schedule second = Schedule.poisson(100, Duration.ofSeconds(1), new SplittableRandom(3));

        assertThat(first.offset(99)).isEqualTo(second.offset(99));
    }

    @Test
    void refusesARateThatIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Schedule.even(0, Duration.ofSeconds(1)));
    }
}
