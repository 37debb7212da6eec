package chat.chatto.core.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.chatto.core.ChattoException;
import chat.chatto.core.ErrorCode;
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

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

class ConversationsIT {

    @RegisterExtension static final NatsServerExtension nats = new NatsServerExtension();

    private static TestServer one;
    private static TestServer other;
    private static UserId owner;
    private static UserId ada;
    private static UserId bob;
    private static UserId eve;

    @BeforeAll
    static void start() throws InterruptedException {
        one = TestServer.start(nats.open());
        other = TestServer.start(nats.open());
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
    void isTheSameForTheSamePeopleWhoeverAsks() {
        OpenedConversation made = one.conversations.open(ada, List.of(bob, eve));

        OpenedConversation found = other.conversations.open(eve, List.of(ada, bob, eve));

        assertThat(made.made()).isTrue();
        assertThat(found.made()).isFalse();
        assertThat(found.room().id()).isEqualTo(made.room().id());
        assertThat(found.room().participants()).containsExactlyInAnyOrder(ada, bob, eve);
        assertThat(found.room().memberCount()).isEqualTo(3);
        assertThat(one.conversations.open(ada, List.of(bob)).room().id())
                .isNotEqualTo(made.room().id());
    }

    @Test
    void isMadeOnceWhenBothOpenItThroughTwoServersAtOnce() throws Exception {
        UserId carl = one.register("carl").id();
        UserId dora = one.register("dora").id();
        Queue<OpenedConversation> opened = new ConcurrentLinkedQueue<>();

        List<ErrorCode> refusals =
                Race.refusals(
                        8,
                        n ->
                                opened.add(
                                        n % 2 == 0
                                                ? one.conversations.open(carl, List.of(dora))
                                                : other.conversations.open(dora, List.of(carl))));

        assertThat(refusals).isEmpty();
        assertThat(opened).hasSize(8);
        assertThat(opened.stream().map(conversation -> conversation.room().id()).distinct())
                .hasSize(1);
        assertThat(opened).anyMatch(OpenedConversation::made);
    }

    @Test
    void tellsEachParticipantOnEveryServerThatItIsThere() {
        UserId gina = one.register("gina").id();
        List<RoomEvent> events = new ArrayList<>();
        Runnable end = other.rooms.onEvent(events::add);

        RoomId room = one.conversations.open(gina, List.of(bob)).room().id();

        other.bucket.awaitApplied(one.bucket.revision());
        end.run();
        assertThat(events)
                .filteredOn(RoomEvent.Joined.class::isInstance)
                .containsExactlyInAnyOrder(
                        new RoomEvent.Joined(room, gina), new RoomEvent.Joined(room, bob));
    }

    @Test
    void isThereForNobodyElseOwnersIncluded() {
        Room room = one.conversations.open(ada, List.of(bob)).room();
        one.heads.put(room.id(), 0L);

        for (UserId stranger : List.of(eve, owner)) {
            assertThat(one.rooms.visible(stranger, room)).isFalse();
            assertThat(one.rooms.list(stranger, RoomQuery.all()).items()).doesNotContain(room);
            assertCode(() -> one.rooms.require(stranger, room.id()), ErrorCode.NOT_FOUND);
            assertCode(() -> one.rooms.join(stranger, room.id()), ErrorCode.NOT_FOUND);
            assertCode(
                    () -> one.rooms.change(stranger, room.id(), RoomChange.rename("Mine")),
                    ErrorCode.NOT_FOUND);
            assertCode(
                    () -> one.rooms.members(stranger, room.id(), "", 10, Optional.empty()),
                    ErrorCode.NOT_FOUND);
            assertCode(
                    () -> one.moderation.add(stranger, room.id(), stranger), ErrorCode.NOT_FOUND);
            assertCode(() -> one.access.checkRead(stranger, room.id()), ErrorCode.NOT_FOUND);
            assertThat(one.access.mayModerate(stranger, room.id())).isFalse();
        }
        assertThat(one.rooms.list(bob, RoomQuery.all()).items()).contains(room);
    }

    @Test
    void cannotBeChangedLeftOrModeratedByThoseInIt() {
        RoomId room = one.conversations.open(owner, List.of(eve)).room().id();

        assertCode(
                () -> one.rooms.change(owner, room, RoomChange.rename("Us")), ErrorCode.FORBIDDEN);
        assertCode(() -> one.rooms.leave(owner, room), ErrorCode.CONFLICT);
        assertCode(() -> one.moderation.add(owner, room, ada), ErrorCode.FORBIDDEN);
        assertCode(() -> one.moderation.remove(owner, room, eve, ""), ErrorCode.FORBIDDEN);
        assertCode(
                () -> one.moderation.ban(owner, room, eve, "", Optional.empty()),
                ErrorCode.FORBIDDEN);
        assertThat(one.rooms.canManage(owner, one.rooms.require(owner, room))).isFalse();
    }

    @Test
    void isListedForTheOthersOnceSomethingWasWritten() {
        UserId henry = one.register("henry").id();
        Room room = one.conversations.open(ada, List.of(henry)).room();

        assertThat(one.rooms.list(ada, RoomQuery.all()).items()).contains(room);
        assertThat(one.rooms.list(henry, RoomQuery.all()).items()).doesNotContain(room);

        one.heads.put(room.id(), 0L);

        assertThat(one.rooms.list(henry, conversationsNamed("AD")).items()).containsExactly(room);
        assertThat(one.rooms.list(henry, conversationsNamed("nobody")).items()).isEmpty();
    }

    @Test
    void isForNotesWithNobodyElseAndEndsAtTenPeople() {
        Room notes = one.conversations.open(ada, List.of()).room();
        List<UserId> crowd =
                Stream.iterate(0, n -> n < 10, n -> n + 1)
                        .map(n -> one.register("crowd" + n))
                        .map(User::id)
                        .toList();

        assertThat(notes.participants()).containsExactly(ada);
        assertThat(one.conversations.open(ada, crowd.subList(0, 9)).room().memberCount())
                .isEqualTo(10);
        assertCode(() -> one.conversations.open(ada, crowd), ErrorCode.INVALID);
        assertCode(
                () -> one.conversations.open(ada, List.of(new UserId("Unobody"))),
                ErrorCode.INVALID);
    }

    @Test
    void isKnownAfterAStart() throws InterruptedException {
        Room room = one.conversations.open(bob, List.of(eve)).room();

        try (TestServer restarted = TestServer.start(nats.open())) {
            assertThat(restarted.rooms.require(bob, room.id())).isEqualTo(room);
            assertThat(restarted.rooms.joined(eve)).contains(room.id());
        }
    }

    private static RoomQuery conversationsNamed(String text) {
        return new RoomQuery(
                Optional.of(text),
                Optional.empty(),
                Optional.of(RoomKind.DIRECT_MESSAGE),
                Optional.empty(),
                Optional.empty(),
                10,
                Optional.empty());
    }

    private static void assertCode(ThrowingCallable call, ErrorCode code) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ChattoException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(code));
    }
}
