package chat.chatto.acceptance.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** One run of some minutes with the main faults, and what has to hold for it. {@code build/chaos} does more for longer. */
@Isolated("It measures how long nothing is acknowledged")
class ChaosIT {

    private static final long SEED = 20_261_124;

    /** A server lets a write wait for its storage for some time, and another one behind it in the same room. */
    private static final Duration WRITE_DEADLINE = Duration.ofSeconds(25);

    @TempDir static Path directory;

    private static ChaosResult result;

    @BeforeAll
    static void breakThings() {
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        var plan =
                new ChaosPlan(
                        SEED,
                        List.of(
                                Fault.NATS_LEADER_KILL,
                                Fault.NATS_FOLLOWER_KILL,
                                Fault.NATS_LEADER_ISOLATED,
                                Fault.NATS_MAJORITY_KILL,
                                Fault.NATS_ALL_KILL,
                                Fault.CHATTO_KILL,
                                Fault.CHATTO_PAUSE),
                        1,
                        Duration.ofMinutes(3));
        result = ChaosRun.run(plan, directory, out);
        out.print(new ChaosReport(result).text());
    }

    @Test
    void losesNothingThatWasAcknowledgedAndDoublesAndReordersNothing() {
        assertThat(result.acknowledgedPosts()).isGreaterThan(1_000);
        assertThat(result.windows()).hasSize(7);
        assertThat(result.findings()).isEmpty();
    }

    @Test
    void showsTheSameOnAllServersAndToAllListeners() {
        assertThat(result.differences()).isEmpty();
    }

    @Test
    void answersNothingThatClientsCannotUnderstand() {
        assertThat(result.surprises()).isEmpty();
    }

    @Test
    void takesPostsAgainWithinTenSecondsOfTheLeadersDeath() {
        assertThat(seen(Fault.NATS_LEADER_KILL).longestGap()).isLessThanOrEqualTo(10_000);
    }

    @Test
    void takesPostsAgainWithinTenSecondsOfAFollowersDeath() {
        assertThat(seen(Fault.NATS_FOLLOWER_KILL).longestGap()).isLessThanOrEqualTo(10_000);
    }

    @Test
    void takesPostsAgainByItselfWhenAllNodesAreBack() {
        Window window = window(Fault.NATS_ALL_KILL);

        assertThat(window.recovered() - window.healed()).isLessThanOrEqualTo(30_000);
    }

    @Test
    void takesPostsOfEverybodyAgainWithinThreeSecondsOfAServersDeath() {
        assertThat(seen(Fault.CHATTO_KILL).longestGapOfAClient()).isLessThanOrEqualTo(3_000);
    }

    @Test
    void refusesWritesInTimeAndSaysWhyWhileTheMajorityIsAway() {
        Availability seen = seen(Fault.NATS_MAJORITY_KILL);

        assertThat(seen.refused()).isPositive();
        assertThat(seen.unexplained()).isZero();
        assertThat(seen.longestWait()).isLessThanOrEqualTo(WRITE_DEADLINE.toMillis());
    }

    @Test
    void acknowledgesNothingWhileTheMajorityIsAway() {
        Window window = window(Fault.NATS_MAJORITY_KILL);

        assertThat(result.attempts())
                .filteredOn(attempt -> attempt.kind() != Attempt.Kind.READ)
                .filteredOn(
                        attempt ->
                                attempt.begin() > window.begin() + 1_000
                                        && attempt.end() < window.healed())
                .noneMatch(Attempt::succeeded);
    }

    @Test
    void servesReadsWithAMarkWhileTheMajorityIsAway() {
        Availability seen = seen(Fault.NATS_MAJORITY_KILL);

        assertThat(seen.staleReads()).isPositive();
    }

    private static Availability seen(Fault fault) {
        return Availability.during(window(fault), result.attempts());
    }

    private static Window window(Fault fault) {
        return result.windows().stream()
                .filter(window -> window.fault() == fault)
                .findFirst()
                .orElseThrow();
    }
}
