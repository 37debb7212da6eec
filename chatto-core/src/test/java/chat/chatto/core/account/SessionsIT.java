package chat.chatto.core.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import chat.chatto.core.ChattoException;
import chat.chatto.core.CoreConfig;
import chat.chatto.core.ErrorCode;
import chat.chatto.core.TestClock;
import chat.chatto.core.TestServer;
import chat.chatto.storage.Bucket;
import chat.chatto.storage.KeyValueStore;
import chat.chatto.storage.jetstream.NatsServerExtension;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

class SessionsIT {

    @RegisterExtension static final NatsServerExtension nats = new NatsServerExtension();

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final TestClock clock = new TestClock();
    private TestServer one;
    private TestServer other;

    @BeforeEach
    void start() throws InterruptedException {
        one = TestServer.start(nats.open(), clock, CoreConfig.defaults());
        other = TestServer.start(nats.open(), clock, CoreConfig.defaults());
    }

    @AfterEach
    void stop() {
        one.close();
        other.close();
    }

    @Test
    void recognisesATokenOnEveryServerAtOnce() {
        UserId user = one.register("everywhere").id();

        String token = one.sessions.issue(user);

        assertThat(token).matches("cht_AT[0-9A-Za-z]{32}");
        assertThat(other.sessions.authenticate(token)).hasValue(user);
        assertThat(one.sessions.authenticate(token)).hasValue(user);
    }

    @Test
    void storesNothingOfATokenButItsHash() {
        String token = one.sessions.issue(one.register("hashed").id());

        KeyValueStore store = one.storage.bucket(Bucket.AUTH_TOKENS);
        assertThat(store.get(Sessions.hash(token))).isPresent();
        assertThat(store.get(token)).isEmpty();
    }

    @Test
    void recognisesNothingElse() {
        assertThat(one.sessions.authenticate("cht_AT" + "0".repeat(32))).isEmpty();
        assertThat(one.sessions.authenticate("")).isEmpty();
        assertThat(one.sessions.authenticate("nonsense > *")).isEmpty();
    }

    @Test
    void endsASessionOnAllServersWithinASecond() {
        String token = one.sessions.issue(one.register("leaver").id());
        assertThat(other.sessions.authenticate(token)).isPresent();
        List<String> heard = new CopyOnWriteArrayList<>();
        other.sessions.onRevoked(heard::add);

        one.sessions.revoke(token);

        assertThat(one.sessions.authenticate(token)).isEmpty();
        await().atMost(SECOND)
                .untilAsserted(() -> assertThat(other.sessions.authenticate(token)).isEmpty());
        await().atMost(SECOND)
                .untilAsserted(() -> assertThat(heard).containsExactly(Sessions.hash(token)));
    }

    @Test
    void asksStorageAgainAfterHalfAMinute() {
        String token = one.sessions.issue(one.register("sceptic").id());
        assertThat(other.sessions.authenticate(token)).isPresent();
        other.sessions.close(); // As a watch that was cut off without anybody noticing.
        one.sessions.revoke(token);
        assertThat(other.sessions.authenticate(token)).isPresent();

        clock.pass(Sessions.BELIEVED);

        assertThat(other.sessions.authenticate(token)).isEmpty();
    }

    @Test
    void renewsASessionInUseOnceADay() {
        String token = one.sessions.issue(one.register("regular").id());
        KeyValueStore store = one.storage.bucket(Bucket.AUTH_TOKENS);
        long issued = revision(store, token);

        clock.pass(Sessions.RENEWAL.minusSeconds(1));
        assertThat(one.sessions.authenticate(token)).isPresent();
        assertThat(revision(store, token)).isEqualTo(issued);

        clock.pass(SECOND);
        clock.pass(Sessions.BELIEVED);
        assertThat(one.sessions.authenticate(token)).isPresent();
        long renewed = revision(store, token);
        assertThat(renewed).isGreaterThan(issued);
        assertThat(other.sessions.authenticate(token)).isPresent();
        assertThat(revision(store, token)).isEqualTo(renewed);
    }

    @Test
    void signsNobodyOutWhileStorageIsAway() {
        String token = one.sessions.issue(one.register("survivor").id());
        String unknownHere = other.sessions.issue(one.register("stranger").id());
        nats.kill();
        try {
            await().until(() -> !one.storage.status().connected());
            clock.pass(Sessions.BELIEVED);

            assertThat(one.sessions.authenticate(token)).isPresent();
            assertThatThrownBy(() -> one.sessions.authenticate(unknownHere))
                    .isInstanceOfSatisfying(
                            ChattoException.class,
                            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.UNAVAILABLE));

            clock.pass(Sessions.OUTAGE);
            assertThatThrownBy(() -> one.sessions.authenticate(token))
                    .isInstanceOf(ChattoException.class);
        } finally {
            nats.restart();
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> one.storage.status().connected());
        assertThat(one.sessions.authenticate(token)).isPresent();
        assertThat(one.sessions.authenticate(unknownHere)).isPresent();
    }

    private static long revision(KeyValueStore store, String token) {
        return store.get(Sessions.hash(token)).orElseThrow().revision();
    }
}
