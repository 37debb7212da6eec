package chat.chatto.core.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import chat.chatto.core.ChattoException;
import chat.chatto.core.CoreConfig;
import chat.chatto.core.ErrorCode;
import chat.chatto.core.TestClock;
import chat.chatto.core.TestServer;
import chat.chatto.core.account.User;
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

class UniversalRoomsIT {

    @RegisterExtension static final NatsServerExtension nats = new NatsServerExtension();

    private static final TestClock clock = new TestClock();
    private static TestServer one;
    private static TestServer other;
    private static UserId owner;
    private static UserId bob;

    @BeforeAll
    static void start() throws InterruptedException {
        one = TestServer.start(nats.open(), clock, CoreConfig.defaults());
        other = TestServer.start(nats.open(), clock, CoreConfig.defaults());
        owner = one.register("olga").id();
        one.ownerClaim.claim(owner, one.ownerClaim.pendingToken().orElseThrow());
        bob = one.register("bob").id();
    }

    @AfterAll
    static void stop() {
        one.close();
        other.close();
    }

    @Test
    void belongsToEverybodyWithoutARecordOfAnybody() {
        Room room = create("For all", true);

        UserId newcomer = other.register("newcomer").id();

        for (UserId user : List.of(bob, newcomer)) {
            assertThat(one.directory.isCertainlyMember(room.id(), user)).isTrue();
            assertThat(one.rooms.joined(user)).contains(room.id());
            assertThat(one.bucket.read(RoomDirectory.memberKey(room.id(), user))).isEmpty();
        }
        assertThat(one.rooms.isMember(room.id(), new UserId("Unobody"))).isFalse();
        assertThat(one.rooms.require(bob, room.id()).memberCount())
                .isEqualTo(one.users.activeCount());
        assertThat(one.rooms.members(bob, room.id(), "new", 10, Optional.empty()).items())
                .extracting(User::id)
                .contains(newcomer);
        assertCode(() -> one.rooms.leave(bob, room.id()), ErrorCode.CONFLICT);
        assertCode(() -> one.moderation.remove(owner, room.id(), bob, ""), ErrorCode.CONFLICT);
    }

    @Test
    void isNoNewsToNewcomersFromBeforeTheyCame() {
        Room room = create("Old news", true);
        other.heads.put(room.id(), 99L);

        UserId late = other.register("late").id();

        await().untilAsserted(
                        () -> assertThat(one.readPositions.get(late, room.id())).isEqualTo(99));
        assertThat(one.readPositions.get(bob, room.id())).isEqualTo(-1);
    }

    @Test
    void startsAtItsEndForThoseItIsOpenedToLater() {
        Room room = create("Opened late", false);
        one.heads.put(room.id(), 41L);

        Room opened = one.rooms.change(owner, room.id(), RoomChange.universal(true));

        assertThat(opened.readThrough(-1)).isEqualTo(41);
        assertThat(opened.readThrough(12)).isEqualTo(12);
        assertThat(one.rooms.isMember(room.id(), bob)).isTrue();
    }

    @Test
    void tellsEverybodyOnceWhenItBeginsAndEnds() {
        Room room = create("On and off", false);
        List<RoomEvent> events = new ArrayList<>();
        other.bucket.awaitApplied(one.bucket.revision());
        long before = other.bucket.revision();
        Runnable end = other.rooms.onEvent(events::add);

        Room opened = one.rooms.change(owner, room.id(), RoomChange.universal(true));
        other.bucket.awaitApplied(one.bucket.revision());
        long between = other.bucket.revision();
        assertThat(other.rooms.changedSince(bob, before).joined())
                .extracting(Room::id)
                .contains(room.id());
        Room closed = one.rooms.change(owner, room.id(), RoomChange.universal(false));

        other.bucket.awaitApplied(one.bucket.revision());
        end.run();
        assertThat(events)
                .containsExactly(
                        new RoomEvent.Updated(opened),
                        new RoomEvent.Universal(opened),
                        new RoomEvent.Updated(closed),
                        new RoomEvent.Universal(closed));
        assertThat(other.rooms.isMember(room.id(), bob)).isFalse();
        assertThat(other.rooms.isMember(room.id(), owner)).isTrue();
        assertThat(other.rooms.changedSince(bob, between).left()).contains(room.id());
    }

    @Test
    void keepsTheBannedOutUntilTheBanEnds() {
        Room room = create("Nearly all", true);
        List<RoomEvent> events = new ArrayList<>();
        Runnable end = other.rooms.onEvent(events::add);

        one.moderation.ban(owner, room.id(), bob, "", Optional.of(clock.instant().plusSeconds(60)));

        other.bucket.awaitApplied(one.bucket.revision());
        end.run();
        assertThat(events).contains(new RoomEvent.Left(room.id(), bob));
        assertThat(other.rooms.isMember(room.id(), bob)).isFalse();
        assertThat(other.rooms.joined(bob)).doesNotContain(room.id());
        assertCode(() -> other.rooms.join(bob, room.id()), ErrorCode.FORBIDDEN);
        assertCode(() -> other.access.checkWrite(bob, room.id()), ErrorCode.FORBIDDEN);

        long revision = other.bucket.revision();
        clock.pass(Duration.ofSeconds(60));

        assertThat(other.rooms.isMember(room.id(), bob)).isTrue();
        assertThat(other.rooms.changedSince(bob, revision).joined())
                .extracting(Room::id)
                .contains(room.id());
    }

    @Test
    void tellsOnceOfWhoseBanHasRunOut() {
        Room room = create("Back again", true);
        Optional<Instant> end = Optional.of(clock.instant().plusSeconds(60));
        one.moderation.ban(owner, room.id(), bob, "", end);
        Room quiet = create("For some", false);
        one.moderation.ban(owner, quiet.id(), bob, "", end);
        UserId lifted = one.register("lifted").id();
        one.moderation.ban(owner, room.id(), lifted, "", end);
        one.moderation.unban(owner, room.id(), lifted);
        List<RoomEvent> events = new ArrayList<>();
        Runnable registration = one.rooms.onEvent(events::add);

        var back = new RoomEvent.Joined(room.id(), bob);
        one.directory.endBans();
        assertThat(events).doesNotContain(back);
        clock.pass(Duration.ofSeconds(60));
        one.directory.endBans();
        one.directory.endBans();

        assertThat(events)
                .containsOnlyOnce(back)
                .doesNotContain(
                        new RoomEvent.Joined(quiet.id(), bob),
                        new RoomEvent.Joined(room.id(), lifted));
        registration.run();
    }

    @Test
    void tellsOfABanThatIsLiftedBeforeItsEndWasNoticed() {
        Room room = create("Lifted late", true);
        one.moderation.ban(owner, room.id(), bob, "", Optional.of(clock.instant().plusSeconds(9)));
        List<RoomEvent> events = new ArrayList<>();
        Runnable registration = one.rooms.onEvent(events::add);

        clock.pass(Duration.ofSeconds(9));
        one.moderation.unban(owner, room.id(), bob);
        one.directory.endBans();

        assertThat(events).containsOnlyOnce(new RoomEvent.Joined(room.id(), bob));
        registration.run();
    }

    @Test
    void isForOwnersToDecide() {
        Room own = one.rooms.create(bob, new NewRoom("Bob's", ""), Optional.empty());

        assertCode(
                () -> one.rooms.change(bob, own.id(), RoomChange.universal(true)),
                ErrorCode.FORBIDDEN);
        assertCode(
                () ->
                        one.rooms.create(
                                bob,
                                new NewRoom("All", "", Optional.empty(), false, true),
                                Optional.empty()),
                ErrorCode.FORBIDDEN);
    }

    private static Room create(String name, boolean universal) {
        return one.rooms.create(
                owner, new NewRoom(name, "", Optional.empty(), false, universal), Optional.empty());
    }

    private static void assertCode(ThrowingCallable call, ErrorCode code) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ChattoException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(code));
    }
}
