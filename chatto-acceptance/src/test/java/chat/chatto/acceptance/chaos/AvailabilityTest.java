package chat.chatto.acceptance.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import chat.chatto.acceptance.chaos.Attempt.Kind;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class AvailabilityTest {

    private static final Window WINDOW =
            new Window(Fault.NATS_LEADER_KILL, "kill", 1_000, 5_000, 6_000);

    private final List<Attempt> attempts = new ArrayList<>();

    @Test
    void measuresTheLongestGapThatBeginsOrEndsWithinTheWindow() {
        post("ada", 100, 201);
        post("ada", 900, 201);
        post("ada", 3_900, 201);
        post("ada", 5_900, 201);
        post("ada", 9_900, 201);
        post("ada", 50_000, 201);

        assertThat(seen().longestGap()).isEqualTo(4_000);
    }

    @Test
    void measuresTheGapOfTheClientThatWaitedLongest() {
        for (long end = 0; end <= 8_000; end += 500) {
            post("ada", end, 201);
        }
        post("ben", 500, 201);
        post("ben", 4_000, 201);
        post("ben", 6_500, 201);

        assertThat(seen().longestGap()).isEqualTo(500);
        assertThat(seen().longestGapOfAClient()).isEqualTo(3_500);
    }

    @Test
    void tellsExplainedRefusalsFromOtherFailures() {
        attempts.add(new Attempt("ada", Kind.POST, 2_000, 3_000, 503, true, false));
        attempts.add(new Attempt("ada", Kind.POST, 3_000, 3_100, 503, false, false));
        attempts.add(new Attempt("ada", Kind.CHANGE, 3_200, 3_300, 0, false, false));
        attempts.add(new Attempt("ada", Kind.POST, 7_000, 7_100, 503, true, false));

        assertThat(seen().refused()).isEqualTo(1);
        assertThat(seen().unexplained()).isEqualTo(2);
        assertThat(seen().longestWait()).isEqualTo(1_000);
    }

    @Test
    void countsReadsByWhetherTheyWereServedAndMarked() {
        attempts.add(new Attempt("ada", Kind.READ, 2_000, 2_010, 200, false, true));
        attempts.add(new Attempt("ada", Kind.READ, 2_100, 2_110, 200, false, false));
        attempts.add(new Attempt("ada", Kind.READ, 2_200, 2_210, 503, true, false));

        assertThat(seen().reads()).isEqualTo(2);
        assertThat(seen().staleReads()).isEqualTo(1);
        assertThat(seen().failedReads()).isEqualTo(1);
    }

    private Availability seen() {
        return Availability.during(WINDOW, attempts);
    }

    private void post(String client, long end, int status) {
        attempts.add(new Attempt(client, Kind.POST, end - 10, end, status, false, false));
    }
}
