package chat.chatto.core.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.chatto.core.ChattoException;
import chat.chatto.core.CoreConfig;
import chat.chatto.core.ErrorCode;
import chat.chatto.core.FieldError;
import chat.chatto.core.Race;
import chat.chatto.core.RegistrationPolicy;
import chat.chatto.core.TestClock;
import chat.chatto.core.TestServer;
import chat.chatto.core.asset.AssetConfig;
import chat.chatto.core.search.SearchConfig;
import chat.chatto.core.timeline.PageFileConfig;
import chat.chatto.kms.KeyOwner;
import chat.chatto.kms.Opened;
import chat.chatto.storage.jetstream.NatsServerExtension;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

class AccountsIT {

    @RegisterExtension static final NatsServerExtension nats = new NatsServerExtension();

    private static final String PASSWORD = "correct horse";
    private static final String ADDRESS = "192.0.2.1";

    private static TestServer one;
    private static TestServer other;

    @BeforeAll
    static void start() throws InterruptedException {
        one = TestServer.start(nats.open());
        other = TestServer.start(nats.open());
    }

    @AfterAll
    static void stop() {
        one.close();
        other.close();
    }

    @Test
    void registersAndSignsInOnAnyServerWhateverTheCase() {
        User registered = one.accounts.register(named("Ada.L", "Ada Lovelace"), ADDRESS);

        assertThat(registered.displayName()).isEqualTo("Ada Lovelace");
        assertThat(registered.owner()).isFalse();
        assertThat(registered.createdAt()).isEqualTo(one.clock.instant());
        assertThat(one.accounts.find(registered.id())).hasValue(registered);
        assertThat(other.accounts.logIn("ADA.l", PASSWORD, ADDRESS)).isEqualTo(registered);
    }

    @Test
    void usesTheLoginForWhoGivesNoName() {
        assertThat(one.register("Grace").displayName()).isEqualTo("Grace");
    }

    @Test
    void refusesALoginThatIsTakenWhateverTheCase() {
        one.register("taken");

        assertCode(() -> other.register("TAKEN"), ErrorCode.LOGIN_TAKEN);
    }

    @Test
    void givesALoginToOneOfManyWhoWantItAtOnceOnTwoServers() throws Exception {
        List<ErrorCode> refusals =
                Race.refusals(
                        8,
                        n ->
                                (n % 2 == 0 ? one : other)
                                        .register(n < 4 ? "contested" : "Contested"));

        assertThat(refusals).hasSize(7).containsOnly(ErrorCode.LOGIN_TAKEN);
        User winner = one.accounts.logIn("contested", PASSWORD, ADDRESS);
        assertThat(other.accounts.require(winner.id())).isEqualTo(winner);
    }

    @Test
    void namesEveryFieldThatIsWrong() {
        Registration registration = named("x", "n\u200Bme", "short");

        assertThatThrownBy(() -> one.accounts.register(registration, ADDRESS))
                .isInstanceOfSatisfying(
                        ChattoException.class,
                        refusal ->
                                assertThat(refusal.fieldErrors())
                                        .extracting(FieldError::field)
                                        .containsExactly("login", "password", "displayName"));
    }

    @Test
    void boundsPasswordsAndNames() {
        assertInvalid("password", named("bounds", "", "1234567"));
        assertInvalid("password", named("bounds", "", "x".repeat(129)));
        assertInvalid("displayName", named("bounds", "x".repeat(33), PASSWORD));
        assertInvalid("displayName", named("bounds", "a\u202Eb", PASSWORD));

        String longest = "😀".repeat(128);
        one.accounts.register(named("bounds", "x".repeat(32), longest), ADDRESS);
        assertThat(one.accounts.logIn("bounds", longest, ADDRESS).displayName()).hasSize(32);
    }

    @Test
    void tellsNobodyWhetherALoginExists() {
        one.register("exists");

        assertThatThrownBy(() -> one.accounts.logIn("exists", "wrong password", ADDRESS))
                .hasMessage("Login or password is wrong");
        assertThatThrownBy(() -> one.accounts.logIn("nobody", "wrong password", ADDRESS))
                .hasMessage("Login or password is wrong");
        assertCode(
                () -> one.accounts.logIn("not a login!\n", "x".repeat(1_000_000), ADDRESS),
                ErrorCode.UNAUTHENTICATED);
    }

    @Test
    void refusesGuessesAfterTenFailuresUntilTimePasses() {
        one.register("guessed");
        for (int i = 0; i < SignInThrottle.FAILURES_PER_LOGIN; i++) {
            assertCode(
                    () -> one.accounts.logIn("guessed", "wrong password", "198.51.100.7"),
                    ErrorCode.UNAUTHENTICATED);
        }

        assertThatThrownBy(() -> one.accounts.logIn("Guessed", PASSWORD, "198.51.100.8"))
                .isInstanceOfSatisfying(
                        ChattoException.class,
                        refusal -> {
                            assertThat(refusal.code()).isEqualTo(ErrorCode.RATE_LIMITED);
                            assertThat(refusal.retryAfter()).hasValue(Duration.ofSeconds(30));
                        });

        one.clock.pass(Duration.ofSeconds(30));
        assertThat(one.accounts.logIn("guessed", PASSWORD, "198.51.100.8")).isNotNull();
    }

    @Test
    void doesNotCountSuccesses() {
        one.register("regular");

        for (int i = 0; i < 2 * SignInThrottle.FAILURES_PER_LOGIN; i++) {
            assertThat(one.accounts.logIn("regular", PASSWORD, "203.0.113.9")).isNotNull();
        }
    }

    @Test
    void changesTheProfileOnAllServers() {
        UserId user = one.register("changing").id();

        User changed = one.accounts.changeProfile(user, new ProfileChange(Optional.of("New Name")));

        assertThat(changed.displayName()).isEqualTo("New Name");
        assertThat(one.accounts.find(user)).hasValue(changed);
        other.bucket.awaitApplied(one.bucket.revision());
        assertThat(other.accounts.find(user)).hasValue(changed);
        assertThat(one.accounts.changeProfile(user, new ProfileChange(Optional.of(" "))))
                .extracting(User::displayName)
                .isEqualTo("changing");
    }

    @Test
    void leavesNothingOfADeletedAccountAndFreesItsLogin() {
        User user = one.register("leaving");
        KeyOwner owner = new KeyOwner(user.id().value());
        byte[] sealed = one.keys.seal(owner, bytes("secret"), bytes("place"));
        String token = one.sessions.issue(user.id());

        one.accounts.shred(user.id());
        one.accounts.shred(user.id());

        assertCode(
                () -> one.accounts.logIn("leaving", PASSWORD, ADDRESS), ErrorCode.UNAUTHENTICATED);
        assertThat(one.sessions.authenticate(token)).isEmpty();
        assertThat(one.keys.open(owner, sealed, bytes("place")))
                .isInstanceOf(Opened.Shredded.class);
        assertThat(one.accounts.require(user.id()))
                .extracting(User::displayName)
                .isEqualTo("Deleted account");
        assertThat(one.register("leaving").id()).isNotEqualTo(user.id());
    }

    @Test
    void findsNobodyWhoIsNotThere() {
        assertThat(one.accounts.find(new UserId("Unobody"))).isEmpty();
        assertCode(() -> one.accounts.require(new UserId("Unobody")), ErrorCode.NOT_FOUND);
        assertCode(() -> one.accounts.shred(new UserId("Unobody")), ErrorCode.NOT_FOUND);
    }

    @Test
    void closesRegistrationOnceThereIsAnOwner() throws InterruptedException {
        CoreConfig closed =
                new CoreConfig(
                        "Closed",
                        RegistrationPolicy.CLOSED,
                        PageFileConfig.none(),
                        SearchConfig.off(),
                        AssetConfig.defaults());
        try (TestServer server = TestServer.start(nats.open(), new TestClock(), closed)) {
            UserId first = server.register("first").id();

            server.ownerClaim.claim(first, server.ownerClaim.pendingToken().orElseThrow());

            assertCode(() -> server.register("second"), ErrorCode.FORBIDDEN);
            assertCode(() -> server.accounts.shred(first), ErrorCode.CONFLICT);
        }
    }

    private static void assertInvalid(String field, Registration registration) {
        assertThatThrownBy(() -> one.accounts.register(registration, ADDRESS))
                .isInstanceOfSatisfying(
                        ChattoException.class,
                        refusal ->
                                assertThat(refusal.fieldErrors())
                                        .extracting(FieldError::field)
                                        .containsExactly(field));
    }

    private static void assertCode(ThrowingCallable call, ErrorCode code) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ChattoException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(code));
    }

    private static Registration named(String login, String displayName) {
        return named(login, displayName, PASSWORD);
    }

    private static Registration named(String login, String displayName, String password) {
        return new Registration(
                login, password, Optional.of(displayName), Optional.empty(), Optional.empty());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
