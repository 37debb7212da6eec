package chat.chatto.core.account;

import static org.assertj.core.api.Assertions.assertThat;

import chat.chatto.core.TestClock;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class AllowanceTest {

    private final TestClock clock = new TestClock();
    private final Allowance allowance = new Allowance(3, Duration.ofSeconds(30), clock);

    @Test
    void grantsAsManyAsItHoldsAndSaysHowLongToWaitForMore() {
        for (int i = 0; i < 3; i++) {
            assertThat(allowance.take("a")).isEmpty();
        }

        assertThat(allowance.take("a")).hasValue(Duration.ofSeconds(10));
        assertThat(allowance.take("b")).isEmpty();
    }

    @Test
    void refillsEvenly() {
        for (int i = 0; i < 3; i++) {
            assertThat(allowance.take("a")).isEmpty();
        }

        clock.pass(Duration.ofSeconds(10));

        assertThat(allowance.take("a")).isEmpty();
        assertThat(allowance.take("a")).hasValue(Duration.ofSeconds(10));
    }

    @Test
    void isNeverFullerThanFull() {
        clock.pass(Duration.ofDays(1));
        allowance.giveBack("a");

        for (int i = 0; i < 3; i++) {
            assertThat(allowance.take("a")).isEmpty();
        }
        assertThat(allowance.take("a")).isPresent();
    }

    @Test
    void doesNotCountWhatItRefuses() {
        for (int i = 0; i < 100; i++) {
            allowance.take("a");
        }

        assertThat(allowance.take("a")).hasValue(Duration.ofSeconds(10));
    }
}
