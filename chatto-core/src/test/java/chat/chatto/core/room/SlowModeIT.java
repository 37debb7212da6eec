package chat.chatto.core.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.chatto.core.ChattoException;
import chat.chatto.core.CoreConfig;
import chat.chatto.core.ErrorCode;
import chat.chatto.core.Race;
import chat.chatto.core.TestClock;
import chat.chatto.core.TestServer;
import chat.chatto.core.account.UserId;
import chat.chatto.storage.jetstream.NatsServerExtension;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

class SlowModeIT {

    @RegisterExtension static final NatsServerExtension nats = new NatsServerExtension();

    private static final Duration PAUSE = Duration.ofMinutes(10);
    private static final TestClock clock = new TestClock();
    private static final AtomicInteger rooms = new AtomicInteger();
    private static TestServer one;
    private static TestServer other;
    private static UserId ada;
    private static UserId bob;

    private RoomId room;

    @BeforeAll
    static void start() throws InterruptedException {
        one = TestServer.start(nats.open(), clock, CoreConfig.defaults());
        other = TestServer.start(nats.open(), clock, CoreConfig.defaults());
        ada = one.register("ada").id();
        bob = one.register("bob").id();
    }

    @AfterAll
    static void stop() {
        one.close();
        other.close();
    }

    @BeforeEach
    void make() {
        NewRoom slow = new NewRoom("Slow " + rooms.incrementAndGet(), "");
        room = one.rooms.create(ada, slow, Optional.empty()).id();
        one.rooms.change(ada, room, RoomChange.slowMode(PAUSE));
        one.rooms.join(bob, room);
        other.bucket.awaitApplied(one.bucket.revision());
    }

    @Test
    void givesOneTurnInTheRoomsTimeOnAllServersTogether() throws Exception {
        List<ErrorCode> refusals =
                Race.refusals(
                        8,
                        n ->
                                (n % 2 == 0 ? one : other)
                                        .access.takeTurn(bob, room, Optional.of("key " + n)));

        assertThat(refusals).hasSize(7).containsOnly(ErrorCode.RATE_LIMITED);

        clock.pass(PAUSE);
        other.access.takeTurn(bob, room, Optional.empty());
    }

    @Test
    void saysHowLongToWait() {
        one.access.takeTurn(bob, room, Optional.empty());
        clock.pass(Duration.ofMinutes(9));

        assertThatThrownBy(() -> other.access.takeTurn(bob, room, Optional.empty()))
                .isInstanceOfSatisfying(
                        ChattoException.class,
                        refusal -> {
                            assertThat(refusal.code()).isEqualTo(ErrorCode.RATE_LIMITED);
                            assertThat(refusal.retryAfter()).contains(Duration.ofMinutes(1));
                        });
        assertThat(other.slowMode.nextTurn(bob, other.rooms.require(bob, room)))
                .contains(clock.instant().plus(Duration.ofMinutes(1)));
    }

    @Test
    void needsNoTurnForARetryOfTheSameMessage() {
        one.access.takeTurn(bob, room, Optional.of("key"));

        other.access.takeTurn(bob, room, Optional.of("key"));

        assertThatThrownBy(() -> other.access.takeTurn(bob, room, Optional.of("another key")))
                .isInstanceOf(ChattoException.class);
    }

    @Test
    void givesATurnBackThatWasNotUsed() {
        SlowMode.Turn turn = one.access.takeTurn(bob, room, Optional.empty());

        turn.withdraw();
        other.access.takeTurn(bob, room, Optional.empty());
        turn.withdraw();

        assertThatThrownBy(() -> one.access.takeTurn(bob, room, Optional.empty()))
                .isInstanceOf(ChattoException.class);
    }

    @Test
    void countsByTheRoomsPauseAsItIsNow() {
        one.access.takeTurn(bob, room, Optional.empty());

        one.rooms.change(ada, room, RoomChange.slowMode(Duration.ofSeconds(30)));
        clock.pass(Duration.ofSeconds(30));

        one.access.takeTurn(bob, room, Optional.empty());
        one.rooms.change(ada, room, RoomChange.slowMode(Duration.ZERO));
        one.access.takeTurn(bob, room, Optional.empty());
    }

    @Test
    void makesThoseWhoManageTheRoomWaitForNothing() {
        one.access.takeTurn(ada, room, Optional.empty());

        one.access.takeTurn(ada, room, Optional.empty());

        assertThat(one.slowMode.nextTurn(ada, one.rooms.require(ada, room))).isEmpty();
    }

    @Test
    void endsAtSixHours() {
        assertThatThrownBy(
                        () ->
                                one.rooms.change(
                                        ada, room, RoomChange.slowMode(Duration.ofSeconds(21_601))))
                .isInstanceOf(ChattoException.class)
                .hasMessageContaining("0 to 21600");
    }
}
