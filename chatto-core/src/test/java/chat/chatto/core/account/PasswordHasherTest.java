package chat.chatto.core.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.chatto.core.ChattoException;
import chat.chatto.core.ErrorCode;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

class PasswordHasherTest {

    private static final PasswordHasher hasher = new PasswordHasher(new SecureRandom());

    @AfterAll
    static void close() {
        hasher.close();
    }

    @Test
    void recognisesAPasswordAndNoOther() {
        String hash = hasher.hash("correct horse");

        assertThat(hash).startsWith("$argon2id$v=19$m=7168,t=5,p=1$");
        assertThat(hasher.matches("correct horse", hash)).isTrue();
        assertThat(hasher.matches("Correct horse", hash)).isFalse();
        assertThat(hasher.matches("", hash)).isFalse();
    }

    @Test
    void saltsEachHash() {
        assertThat(hasher.hash("correct horse")).isNotEqualTo(hasher.hash("correct horse"));
    }

    /** From the tests of the reference implementation of Argon2. */
    @Test
    void understandsHashesOfOtherImplementationsAndCosts() {
        String reference =
                "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

        assertThat(hasher.matches("password", reference)).isTrue();
        assertThat(hasher.matches("differentpassword", reference)).isFalse();
    }

    @Test
    void takesAccentsAlikeHoweverTheyAreComposed() {
        assertThat(hasher.matches("cafe\u0301 noir", hasher.hash("café noir"))).isTrue();
    }

    @Test
    void refusesWhatIsNoHash() {
        assertThatThrownBy(() -> hasher.matches("password", "$2a$10$abc"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesWhoWouldWaitTooLong() throws Exception {
        int callers = PasswordHasher.WAITING * 2;
        int refused = 0;
        try (PasswordHasher flooded = new PasswordHasher(new SecureRandom());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<ErrorCode>> outcomes = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                outcomes.add(threads.submit(() -> outcome(flooded)));
            }
            for (Future<ErrorCode> outcome : outcomes) {
                refused += outcome.get() == ErrorCode.UNAVAILABLE ? 1 : 0;
            }
        }

        assertThat(refused).isPositive();
    }

    private static ErrorCode outcome(PasswordHasher flooded) {
        try {
            flooded.matchNothing("password");
            return ErrorCode.UNAUTHENTICATED;
        } catch (ChattoException e) {
            assertThat(e.retryAfter()).isPresent();
            return e.code();
        }
    }
}
