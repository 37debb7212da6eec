package chat.chatto.core.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.chatto.core.ChattoException;
import chat.chatto.core.ErrorCode;
import chat.chatto.core.IdempotencyKey;
import chat.chatto.core.Race;
import chat.chatto.core.TestServer;
import chat.chatto.core.account.User;
import chat.chatto.core.account.UserId;
import chat.chatto.storage.jetstream.NatsServerExtension;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

class RoomsIT {

    @RegisterExtension static final NatsServerExtension nats = new NatsServerExtension();

    private static TestServer one;
    private static TestServer other;
    private static UserId ada;
    private static UserId bob;

    @BeforeAll
    static void start() throws InterruptedException {
        one = TestServer.start(nats.open());
        other = TestServer.start(nats.open());
        ada = one.register("ada").id();
        bob = one.register("bob").id();
    }

    @AfterAll
    static void stop() {
        one.close();
        other.close();
    }

    @Test
    void makesARoomItsCreatorBelongsTo() {
        Room room = create("  Garden\u00A0club ");

        assertThat(room.name()).isEqualTo("Garden club");
        assertThat(room.createdBy()).isEqualTo(ada);
        assertThat(room.memberCount()).isEqualTo(1);
        assertThat(room.shard()).isEqualTo(1);
        assertThat(one.rooms.isMember(room.id(), ada)).isTrue();
        assertThat(one.rooms.joined(ada)).contains(room.id());
        assertThat(other.rooms.require(ada, room.id())).isEqualTo(room);
    }

    @Test
    void refusesANameThatIsTaken() {
        create("Straße");

        assertCode(() -> create("STRASSE"), ErrorCode.NAME_TAKEN);
    }

    @Test
    void givesANameToOneOfManyWhoWantItAtOnceOnTwoServers() throws Exception {
        List<ErrorCode> refusals =
                Race.refusals(
                        8,
                        n ->
                                (n % 2 == 0 ? one : other)
                                        .rooms.create(
                                                ada,
                                                new NewRoom(n < 4 ? "Contested" : "contested", ""),
                                                Optional.empty()));

        assertThat(refusals).hasSize(7).containsOnly(ErrorCode.NAME_TAKEN);
    }

    @Test
    void findsWhatARetryWithTheSameKeyMadeBefore() {
        Optional<IdempotencyKey> key = Optional.of(new IdempotencyKey("key-1"));
        NewRoom room = new NewRoom("Retried", "About");
        Room made = one.rooms.create(ada, room, key);

        assertThat(other.rooms.create(ada, room, key)).isEqualTo(made);
        assertCode(
                () -> one.rooms.create(ada, new NewRoom("Else", ""), key),
                ErrorCode.IDEMPOTENCY_KEY_REUSED);
        assertCode(() -> one.rooms.create(bob, room, key), ErrorCode.NAME_TAKEN);

        one.rooms.change(ada, made.id(), RoomChange.rename("Renamed since"));
        assertThat(one.rooms.create(ada, room, key).name()).isEqualTo("Renamed since");
    }

    @Test
    void makesOneRoomOfManyAttemptsWithOneKey() throws Exception {
        Set<Room> made = ConcurrentHashMap.newKeySet();

        List<ErrorCode> refusals =
                Race.refusals(
                        8,
                        n ->
                                made.add(
                                        (n % 2 == 0 ? one : other)
                                                .rooms.create(
                                                        ada,
                                                        new NewRoom("Once", ""),
                                                        Optional.of(new IdempotencyKey("once")))));

        assertThat(refusals).isEmpty();
        assertThat(made).hasSize(1);
    }

    @Test
    void boundsNamesAndDescriptions() {
        assertCode(() -> create(""), ErrorCode.INVALID);
        assertCode(() -> create("x".repeat(31)), ErrorCode.INVALID);
        assertCode(() -> create("a\u202Eb"), ErrorCode.INVALID);
        assertCode(() -> create("Wordy", "ä".repeat(1_001)), ErrorCode.INVALID);

        assertThat(create("Wordy", "ä".repeat(1_000)).description()).hasSize(1_000);
    }

    @Test
    void joinsAndLeavesOnAllServers() {
        Room room = create("Coming and going");
        one.heads.put(room.id(), 41L);

        Room joined = one.rooms.join(bob, room.id());

        assertThat(joined.memberCount()).isEqualTo(2);
        assertThat(one.rooms.join(bob, room.id()).memberCount()).isEqualTo(2);
        assertThat(one.readPositions.get(bob, room.id())).isEqualTo(41);
        assertThat(other.directory.isCertainlyMember(room.id(), bob)).isTrue();

        other.rooms.leave(bob, room.id());
        other.rooms.leave(bob, room.id());

        assertThat(other.rooms.isMember(room.id(), bob)).isFalse();
        one.bucket.awaitApplied(other.bucket.revision());
        assertThat(one.rooms.require(ada, room.id()).memberCount()).isEqualTo(1);
        assertThat(one.rooms.joined(bob)).doesNotContain(room.id());
        assertThat(one.rooms.join(bob, room.id()).memberCount()).isEqualTo(2);
    }

    @Test
    void renamesAndFreesTheFormerName() {
        Room room = create("Before");

        Room renamed = one.rooms.change(ada, room.id(), RoomChange.rename("After"));

        assertThat(renamed.name()).isEqualTo("After");
        assertThat(renamed.revision()).isGreaterThan(room.revision());
        assertThat(create("before").id()).isNotEqualTo(room.id());
        assertCode(
                () -> one.rooms.change(ada, room.id(), RoomChange.rename("BEFORE")),
                ErrorCode.NAME_TAKEN);
        assertThat(one.rooms.change(ada, room.id(), RoomChange.rename("AFTER")).name())
                .isEqualTo("AFTER");
    }

    @Test
    void letsTwoChangesAtOnceBothHappen() throws Exception {
        Room room = create("Both");
        List<RoomChange> changes =
                List.of(
                        RoomChange.rename("Both renamed"),
                        RoomChange.archive(true),
                        new RoomChange(Optional.empty(), Optional.of("Text"), Optional.empty()));

        List<ErrorCode> refusals =
                Race.refusals(
                        3,
                        n -> (n == 1 ? other : one).rooms.change(ada, room.id(), changes.get(n)));

        assertThat(refusals).isEmpty();
        one.bucket.awaitApplied(other.bucket.revision());
        Room changed = one.rooms.require(ada, room.id());
        assertThat(changed.name()).isEqualTo("Both renamed");
        assertThat(changed.description()).isEqualTo("Text");
        assertThat(changed.archived()).isTrue();
    }

    @Test
    void letsNobodyJoinAnArchivedRoom() {
        Room room = create("Archive");
        one.rooms.change(ada, room.id(), RoomChange.archive(true));

        assertCode(() -> one.rooms.join(bob, room.id()), ErrorCode.ARCHIVED);

        one.rooms.change(ada, room.id(), RoomChange.archive(false));
        assertThat(one.rooms.join(bob, room.id()).archived()).isFalse();
    }

    @Test
    void letsOnlyTheCreatorChangeARoom() {
        Room room = create("Mine");

        assertThat(one.roomAccess.may(ada, RoomAction.MANAGE, room.id())).isTrue();
        assertThat(one.roomAccess.may(bob, RoomAction.MANAGE, room.id())).isFalse();
        assertCode(
                () -> one.rooms.change(bob, room.id(), RoomChange.rename("Yours")),
                ErrorCode.FORBIDDEN);
    }

    @Test
    void knowsNoRoomThatIsNotThere() {
        RoomId nowhere = new RoomId("Rnowhere");

        assertThat(one.rooms.find(nowhere)).isEmpty();
        assertCode(() -> one.rooms.require(ada, nowhere), ErrorCode.NOT_FOUND);
        assertCode(() -> one.rooms.join(ada, nowhere), ErrorCode.NOT_FOUND);
        assertCode(() -> one.rooms.leave(ada, nowhere), ErrorCode.NOT_FOUND);
        assertCode(
                () -> one.rooms.change(ada, nowhere, RoomChange.archive(true)),
                ErrorCode.NOT_FOUND);
    }

    @Test
    void showsMembersToMembersInParts() {
        Room room = create("Members");
        List<String> logins = List.of("m-Carl", "m-anna", "m-dora", "m-Bert");
        for (String login : logins) {
            one.rooms.join(one.register(login).id(), room.id());
        }

        var first = one.rooms.members(ada, room.id(), "", 3, Optional.empty());
        var second = one.rooms.members(ada, room.id(), "", 3, first.nextCursor());

        assertThat(first.items())
                .extracting(user -> user.login().value())
                .containsExactly("ada", "m-anna", "m-Bert");
        assertThat(second.items())
                .extracting(User::displayName)
                .containsExactly("m-Carl", "m-dora");
        assertThat(second.nextCursor()).isEmpty();
        assertCode(
                () -> one.rooms.members(bob, room.id(), "", 3, Optional.empty()),
                ErrorCode.FORBIDDEN);
        assertCode(
                () -> one.rooms.members(ada, room.id(), "", 501, Optional.empty()),
                ErrorCode.INVALID);
    }

    private static Room create(String name) {
        return create(name, "");
    }

    private static Room create(String name, String description) {
        return one.rooms.create(ada, new NewRoom(name, description), Optional.empty());
    }

    private static void assertCode(ThrowingCallable call, ErrorCode code) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ChattoException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(code));
    }
}
