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

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

class ModerationIT {

    @RegisterExtension static final NatsServerExtension nats = new NatsServerExtension();

    private static final TestClock clock = new TestClock();
    private static TestServer one;
    private static TestServer other;
    private static UserId owner;
    private static UserId ada;
    private static UserId bob;
    private static UserId eve;

    @BeforeAll
    static void start() throws InterruptedException {
        one = TestServer.start(nats.open(), clock, CoreConfig.defaults());
        other = TestServer.start(nats.open(), clock, CoreConfig.defaults());
        owner = one.register("olga").id();
        one.ownerClaim.claim(owner, one.ownerClaim.pendingToken().orElseThrow());
        ada = one.register("ada").id();
        bob = one.register("bob").id();
        eve = one.register("eve").id();
    }

    @AfterAll
    static void stop() {
        one.close();
        other.close();
    }

    @Test
    void keepsABannedPersonOutOnAllServersAndTellsThem() {
        RoomId room = create("Calm");
        one.rooms.join(bob, room);
        other.bucket.awaitApplied(one.bucket.revision());
        List<RoomEvent> events = new ArrayList<>();
        Runnable end = other.rooms.onEvent(events::add);

        Ban ban = one.moderation.ban(owner, room, bob, "Shouting", Optional.empty());

        other.bucket.awaitApplied(one.bucket.revision());
        end.run();
        assertThat(events).containsExactly(new RoomEvent.Left(room, bob));
        assertThat(other.rooms.isMember(room, bob)).isFalse();
        assertCode(() -> other.rooms.join(bob, room), ErrorCode.FORBIDDEN);
        assertCode(() -> other.access.checkRead(bob, room), ErrorCode.FORBIDDEN);
        assertCode(() -> other.moderation.add(ada, room, bob), ErrorCode.FORBIDDEN);
        assertThat(other.moderation.bans(owner, room, 10, Optional.empty()).items())
                .containsExactly(ban);

        other.moderation.unban(owner, room, bob);

        assertThat(other.rooms.join(bob, room).memberCount()).isEqualTo(2);
        assertThat(other.moderation.bans(owner, room, 10, Optional.empty()).items()).isEmpty();
    }

    @Test
    void endsABanByTimeAlone() {
        RoomId room = create("Brief");
        Instant end = clock.instant().plus(Duration.ofMinutes(5));
        one.moderation.ban(owner, room, bob, "", Optional.of(end));
        assertCode(() -> one.rooms.join(bob, room), ErrorCode.FORBIDDEN);

        clock.pass(Duration.ofMinutes(5));

        assertThat(one.moderation.bans(owner, room, 10, Optional.empty()).items()).isEmpty();
        assertThat(one.rooms.join(bob, room).memberCount()).isEqualTo(2);
        one.moderation.ban(owner, room, eve, "", Optional.empty());
        assertThat(one.bucket.read(RoomDirectory.banKey(room, bob))).isEmpty();
    }

    @Test
    void neverLetsSomebodyInWhoIsBannedWhileJoining() throws Exception {
        for (int round = 0; round < 12; round++) {
            RoomId room = create("Contested " + round);
            other.bucket.awaitApplied(one.bucket.revision());

            Race.refusals(
                    3,
                    n -> {
                        if (n == 0) {
                            one.moderation.ban(owner, room, bob, "", Optional.empty());
                        } else {
                            other.rooms.join(bob, room);
                        }
                    });

            one.bucket.awaitApplied(other.bucket.revision());
            assertThat(one.rooms.isMember(room, bob)).isFalse();
        }
    }

    @Test
    void removesSomebodyWhoMayComeBack() {
        RoomId room = create("Revolving");
        one.moderation.add(ada, room, bob);
        assertThat(one.rooms.isMember(room, bob)).isTrue();

        other.moderation.remove(owner, room, bob, "By mistake");

        assertThat(other.rooms.isMember(room, bob)).isFalse();
        assertThat(other.rooms.join(bob, room).memberCount()).isEqualTo(2);
    }

    @Test
    void refusesWhoMayNotAndWhomNobodyMay() {
        RoomId room = create("Guarded");
        one.rooms.join(bob, room);
        String endless = "x".repeat(1_001);
        Optional<Instant> past = Optional.of(clock.instant());

        assertCode(() -> one.moderation.remove(bob, room, ada, ""), ErrorCode.FORBIDDEN);
        assertCode(
                () -> one.moderation.ban(bob, room, ada, "", Optional.empty()),
                ErrorCode.FORBIDDEN);
        assertCode(() -> one.moderation.bans(bob, room, 10, Optional.empty()), ErrorCode.FORBIDDEN);
        assertCode(
                () -> one.moderation.ban(owner, room, owner, "", Optional.empty()),
                ErrorCode.FORBIDDEN);
        assertCode(
                () -> one.moderation.ban(owner, room, bob, endless, Optional.empty()),
                ErrorCode.INVALID);
        assertCode(() -> one.moderation.ban(owner, room, bob, "", past), ErrorCode.INVALID);
    }

    private static RoomId create(String name) {
        return one.rooms.create(ada, new NewRoom(name, ""), Optional.empty()).id();
    }

    private static void assertCode(ThrowingCallable call, ErrorCode code) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ChattoException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(code));
    }
}
