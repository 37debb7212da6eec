package chat.chatto.core.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.chatto.core.ChattoException;
import chat.chatto.core.ErrorCode;
import chat.chatto.core.Race;
import chat.chatto.core.TestServer;
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

class GroupsIT {

    @RegisterExtension static final NatsServerExtension nats = new NatsServerExtension();

    private static TestServer one;
    private static TestServer other;
    private static UserId owner;
    private static UserId bob;

    @BeforeAll
    static void start() throws InterruptedException {
        one = TestServer.start(nats.open());
        other = TestServer.start(nats.open());
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
    void ordersGroupsOnAllServers() {
        Group work = create("Work");
        Group play = create("Play");
        List<List<Group>> told = new ArrayList<>();
        Runnable end = other.groups.onChange(told::add);

        one.groups.change(owner, play.id(), GroupChange.place(0));

        other.bucket.awaitApplied(one.bucket.revision());
        end.run();
        assertThat(told).isNotEmpty();
        assertThat(ids(told.getLast()))
                .startsWith(play.id())
                .containsSubsequence(play.id(), GroupId.LOBBY, work.id());
        assertThat(ids(other.groups.all())).isEqualTo(ids(one.groups.all()));
    }

    @Test
    void namesTheLobbyAndGivesItLinks() {
        Group.Link link = new Group.Link("Handbook", "https://example.org/handbook");

        Group lobby =
                one.groups.change(
                        owner,
                        GroupId.LOBBY,
                        new GroupChange(
                                Optional.of("Hall"),
                                Optional.of("Where all begin"),
                                Optional.of(List.of(link)),
                                Optional.empty()));

        assertThat(lobby.name()).isEqualTo("Hall");
        assertThat(lobby.description()).isEqualTo("Where all begin");
        assertThat(lobby.links()).containsExactly(link);
        assertCode(() -> one.groups.delete(owner, GroupId.LOBBY), ErrorCode.CONFLICT);
    }

    @Test
    void boundsWhatIsShownOfAGroup() {
        assertCode(() -> create(""), ErrorCode.INVALID);
        assertCode(() -> create("ä".repeat(41)), ErrorCode.INVALID);
        for (String url : List.of("javascript:alert(1)", "/path", "https:", "ftp://x.org", "a b")) {
            List<Group.Link> links = List.of(new Group.Link("Label", url));
            assertCode(() -> one.groups.create(owner, "Links", "", links), ErrorCode.INVALID);
        }
        assertCode(() -> one.groups.create(bob, "Mine", "", List.of()), ErrorCode.FORBIDDEN);
    }

    @Test
    void deletesAGroupOnlyWhileNoRoomIsInIt() {
        Group group = create("Brief");
        Room room = room("In brief", group.id());

        assertCode(() -> one.groups.delete(owner, group.id()), ErrorCode.CONFLICT);

        one.rooms.change(
                owner, room.id(), RoomChange.place(Optional.of(GroupId.LOBBY), Optional.empty()));
        one.groups.delete(owner, group.id());

        assertThat(one.groups.all()).extracting(Group::id).doesNotContain(group.id());
        assertCode(() -> room("Too late", group.id()), ErrorCode.INVALID);
    }

    @Test
    void neverLosesARoomToAGroupThatIsDeletedAtTheSameMoment() throws Exception {
        for (int round = 0; round < 8; round++) {
            Group group = create("Contested");
            String name = "Contested " + round;
            other.bucket.awaitApplied(one.bucket.revision());

            List<ErrorCode> refusals =
                    Race.refusals(
                            2,
                            n -> {
                                if (n == 0) {
                                    one.groups.delete(owner, group.id());
                                } else {
                                    other.rooms.create(
                                            owner, inGroup(name, group.id()), Optional.empty());
                                }
                            });

            assertThat(refusals).hasSize(1);
            one.bucket.awaitApplied(other.bucket.revision());
            boolean there = one.groups.all().stream().anyMatch(all -> all.id().equals(group.id()));
            assertThat(in(group.id())).hasSize(there ? 1 : 0);
        }
    }

    @Test
    void keepsTheOrderThatRoomsWerePutInto() {
        GroupId group = create("Ordered").id();
        Room a = room("a", group);
        Room b = room("b", group);
        Room c = room("c", group);
        assertThat(in(group)).containsExactly("a", "b", "c");

        one.rooms.change(owner, c.id(), RoomChange.place(Optional.empty(), Optional.of(0)));
        assertThat(in(group)).containsExactly("c", "a", "b");

        one.rooms.change(owner, a.id(), RoomChange.place(Optional.empty(), Optional.of(2)));
        assertThat(in(group)).containsExactly("c", "b", "a");

        one.rooms.change(owner, b.id(), RoomChange.place(Optional.empty(), Optional.of(0)));
        room("aa", group);
        assertThat(in(group)).containsExactly("b", "c", "a", "aa");
        assertCode(
                () ->
                        one.rooms.change(
                                bob, a.id(), RoomChange.place(Optional.empty(), Optional.of(0))),
                ErrorCode.FORBIDDEN);
    }

    /** The names of a group's rooms as a client sorts them. */
    private static List<String> in(GroupId group) {
        return one.directory.rows().stream()
                .filter(row -> row.group().equals(group))
                .sorted(Arrangement.order())
                .map(RoomRow::name)
                .toList();
    }

    private static Group create(String name) {
        return one.groups.create(owner, name, "", List.of());
    }

    private static Room room(String name, GroupId group) {
        return one.rooms.create(owner, inGroup(name, group), Optional.empty());
    }

    private static NewRoom inGroup(String name, GroupId group) {
        return new NewRoom(name, "", Optional.of(group), false, false);
    }

    private static List<GroupId> ids(List<Group> groups) {
        return groups.stream().map(Group::id).toList();
    }

    private static void assertCode(ThrowingCallable call, ErrorCode code) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ChattoException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(code));
    }
}
