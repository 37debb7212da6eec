package chat.chatto.core.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.chatto.core.ChattoException;
import chat.chatto.core.ErrorCode;
import chat.chatto.core.Race;
import chat.chatto.core.TestServer;
import chat.chatto.core.account.UserId;
import chat.chatto.core.room.NewRoom;
import chat.chatto.core.room.RoomAction;
import chat.chatto.core.room.RoomId;
import chat.chatto.core.timeline.TimelineAction;
import chat.chatto.storage.jetstream.NatsServerExtension;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

class RolesIT {

    @RegisterExtension static final NatsServerExtension nats = new NatsServerExtension();

    private static final Scope SERVER = new Scope.Server();

    private static TestServer one;
    private static TestServer other;
    private static UserId owner;
    private static UserId admin;
    private static UserId ben;

    @BeforeAll
    static void start() throws InterruptedException {
        one = TestServer.start(nats.open());
        other = TestServer.start(nats.open());
        owner = one.register("boss").id();
        one.ownerClaim.claim(owner, one.ownerClaim.pendingToken().orElseThrow());
        admin = one.register("anna").id();
        one.roles.assign(owner, RoleId.ADMIN, admin);
        ben = one.register("ben").id();
    }

    @AfterAll
    static void stop() {
        one.close();
        other.close();
    }

    @Test
    void givesANewServerTheRolesAndGrantsOfTheDocumentation() {
        assertThat(one.roles.list())
                .extracting(Role::id)
                .startsWith(RoleId.OWNER, RoleId.ADMIN, RoleId.MODERATOR, RoleId.EVERYONE);
        assertThat(one.roles.list().stream().filter(Role::pingable).map(Role::id))
                .contains(RoleId.MODERATOR)
                .doesNotContain(RoleId.OWNER, RoleId.ADMIN, RoleId.EVERYONE);
        assertThat(Permission.values()).hasSize(23);
        assertThat(one.permissions.of(one.register("newcomer").id()))
                .extracting(Permission::text)
                .containsExactlyInAnyOrder(
                        "user.delete-self",
                        "room.create",
                        "room.list",
                        "room.join",
                        "message.post",
                        "message.post-in-thread",
                        "message.attach",
                        "message.react",
                        "message.echo",
                        "bot.create");
        assertThat(allowed(RoleId.MODERATOR)).containsExactly("room.ban-member", "message.manage");
        assertThat(allowed(RoleId.ADMIN))
                .containsExactlyInAnyOrder(
                        "server.manage",
                        "user.invite",
                        "room.create",
                        "room.join",
                        "room.list",
                        "room.manage",
                        "room.ban-member",
                        "message.manage",
                        "role.manage",
                        "role.assign",
                        "admin.view-users",
                        "admin.view-audit",
                        "user.delete-any",
                        "user.delete-self",
                        "user.manage-accounts",
                        "user.manage-permissions",
                        "bot.manage");
        assertThat(allowed(RoleId.OWNER)).isEmpty();
        assertThat(one.permissions.of(owner)).containsExactly(Permission.values());
    }

    @Test
    void neverPutsBackWhatWasTakenAway() {
        one.grants.set(owner, SERVER, everyone(), Permission.BOT_CREATE, Optional.empty());

        one.accessSetup.prepare();
        other.bucket.awaitApplied(one.bucket.revision());
        other.accessSetup.prepare();

        assertThat(other.permissions.allows(ben, Permission.BOT_CREATE)).isFalse();
        one.grants.set(owner, SERVER, everyone(), Permission.BOT_CREATE, Optional.of(Effect.ALLOW));
    }

    @Test
    void letsWhoMakesARoomManageIt() {
        RoomId room = room();

        assertThat(one.roomAccess.may(ben, RoomAction.MANAGE, room)).isTrue();
        assertThat(one.permissions.allows(ben, Permission.ROOM_MANAGE)).isFalse();
        other.roomAccess.check(ben, RoomAction.MANAGE, room);
    }

    @Test
    void allowsWithARoleAndWithItNoMore() {
        RoleId role = role("gardeners");
        UserId gardener = one.register("gardener").id();
        RoomId room = room();
        one.grants.set(
                owner, new Scope.OfRoom(room), subject(role), Permission.ROOM_MANAGE, allow());

        one.roles.assign(admin, role, gardener);

        assertThat(one.roles.of(gardener)).containsExactly(role);
        assertThat(one.roles.members(role)).containsExactly(gardener);
        other.roomAccess.check(gardener, RoomAction.MANAGE, room);

        one.roles.revoke(admin, role, gardener);

        assertThat(one.roomAccess.may(gardener, RoomAction.MANAGE, room)).isFalse();
        assertThat(one.roles.members(role)).isEmpty();
    }

    @Test
    void deletesARoleWithAllThatSpeaksOfIt() {
        RoleId role = role("passing");
        UserId holder = one.register("holder").id();
        RoomId room = room();
        one.roles.assign(owner, role, holder);
        one.grants.set(owner, SERVER, subject(role), Permission.SERVER_MANAGE, allow());
        one.grants.set(
                owner, new Scope.OfRoom(room), subject(role), Permission.ROOM_MANAGE, allow());

        one.roles.delete(admin, role);

        assertThat(one.roles.find(role)).isEmpty();
        assertThat(role("passing")).isEqualTo(role);
        assertThat(one.roles.members(role)).isEmpty();
        assertThat(one.roles.of(holder)).isEmpty();
        assertThat(allowed(role)).isEmpty();
        assertThat(one.permissions.allows(holder, Permission.SERVER_MANAGE)).isFalse();
        assertThat(one.roomAccess.may(holder, RoomAction.MANAGE, room)).isFalse();
    }

    @Test
    void completesADeletionThatWasInterrupted() {
        RoleId role = role("halfway");
        UserId holder = one.register("halfholder").id();
        one.roles.assign(owner, role, holder);
        new RoleRecords(one.bucket).end(role);

        assertThat(one.roles.of(holder)).isEmpty();
        assertCode(() -> one.roles.assign(owner, role, ben), ErrorCode.NOT_FOUND);
        assertCode(() -> role("halfway"), ErrorCode.NAME_TAKEN);

        one.roles.delete(owner, role);

        role("halfway");
        assertThat(one.roles.of(holder)).isEmpty();
    }

    @Test
    void sharesOneNamespaceBetweenLoginsAndRoles() throws Exception {
        assertCode(() -> role("ben"), ErrorCode.NAME_TAKEN);
        assertCode(() -> role("here"), ErrorCode.NAME_TAKEN);
        assertCode(() -> role("Upper"), ErrorCode.INVALID);
        role("taken.name");
        assertCode(() -> one.register("Taken.Name"), ErrorCode.LOGIN_TAKEN);
        for (String login : List.of("owner", "moderator", "everyone", "here", "all", "support")) {
            assertCode(() -> one.register(login), ErrorCode.INVALID);
        }

        List<ErrorCode> refusals =
                Race.refusals(
                        2,
                        n -> {
                            if (n == 0) {
                                role("contested");
                            } else {
                                other.register("contested");
                            }
                        });
        assertThat(refusals).hasSize(1).containsAnyOf(ErrorCode.NAME_TAKEN, ErrorCode.LOGIN_TAKEN);
    }

    @Test
    void givesAndTakesRolesOnTwoServersAtOnce() throws Exception {
        UserId user = one.register("busy").id();
        List<RoleId> roles = List.of(role("r1"), role("r2"), role("r3"), role("r4"));
        other.bucket.awaitApplied(one.bucket.revision());

        List<ErrorCode> refusals =
                Race.refusals(
                        4, n -> (n % 2 == 0 ? one : other).roles.assign(owner, roles.get(n), user));

        assertThat(refusals).isEmpty();
        one.bucket.awaitApplied(other.bucket.revision());
        assertThat(one.roles.of(user)).containsExactlyInAnyOrderElementsOf(roles);
    }

    @Test
    void handsOutNoMoreThanOneHas() {
        RoleId strong = role("strong");
        one.grants.set(owner, SERVER, subject(strong), Permission.ROOM_MANAGE, allow());
        RoleId deputies = role("deputies");
        UserId deputy = one.register("deputy").id();
        one.grants.set(owner, SERVER, subject(deputies), Permission.ROLE_ASSIGN, allow());
        one.grants.set(owner, SERVER, subject(deputies), Permission.ROLE_MANAGE, allow());
        one.roles.assign(owner, deputies, deputy);

        assertCode(() -> one.roles.assign(deputy, strong, deputy), ErrorCode.FORBIDDEN);
        assertCode(() -> one.roles.assign(deputy, RoleId.ADMIN, deputy), ErrorCode.FORBIDDEN);
        assertCode(() -> one.roles.assign(admin, RoleId.OWNER, admin), ErrorCode.FORBIDDEN);
        assertCode(
                () ->
                        one.grants.set(
                                deputy, SERVER, subject(deputies), Permission.ROOM_MANAGE, allow()),
                ErrorCode.FORBIDDEN);
        assertCode(
                () ->
                        one.grants.set(
                                deputy,
                                SERVER,
                                new Subject.OfUser(deputy),
                                Permission.ROLE_MANAGE,
                                allow()),
                ErrorCode.FORBIDDEN);
        assertCode(() -> one.roles.assign(ben, deputies, ben), ErrorCode.FORBIDDEN);
        one.roles.assign(deputy, deputies, ben);
        one.roles.revoke(deputy, deputies, ben);

        RoleId barred = role("barred");
        one.grants.set(
                owner, SERVER, subject(barred), Permission.SERVER_MANAGE, Optional.of(Effect.DENY));
        one.roles.assign(deputy, barred, ben);
        assertCode(() -> one.roles.revoke(deputy, barred, ben), ErrorCode.FORBIDDEN);
        one.roles.revoke(admin, barred, ben);
    }

    @Test
    void keepsOneOwnerAtLeastWhenTwoTakeItFromEachOther() throws Exception {
        UserId second = one.register("second").id();
        one.roles.assign(owner, RoleId.OWNER, second);
        other.bucket.awaitApplied(one.bucket.revision());

        List<ErrorCode> refusals =
                Race.refusals(
                        2,
                        n ->
                                (n == 0 ? one : other)
                                        .roles.revoke(
                                                n == 0 ? owner : second,
                                                RoleId.OWNER,
                                                n == 0 ? second : owner));

        assertThat(refusals).hasSize(1).containsAnyOf(ErrorCode.FORBIDDEN, ErrorCode.CONFLICT);
        one.bucket.awaitApplied(other.bucket.revision());
        assertThat(one.users.owners()).hasSize(1);
        UserId left = one.users.owners().getFirst();
        assertCode(() -> one.roles.revoke(left, RoleId.OWNER, left), ErrorCode.CONFLICT);
        if (!left.equals(owner)) {
            one.roles.assign(second, RoleId.OWNER, owner);
        }
        one.roles.revoke(owner, RoleId.OWNER, second);
    }

    @Test
    void shutsPeopleOutOfARoomTheyBelongTo() {
        RoomId room = room();
        UserId member = one.register("shut").id();
        one.rooms.join(member, room);
        Scope scope = new Scope.OfRoom(room);

        one.roomAccess.setPrivate(ben, room, true);

        assertThat(one.roomAccess.isPrivate(room)).isTrue();
        one.roomAccess.checkRead(member, room);
        UserId stranger = one.register("stranger").id();
        assertCode(() -> one.rooms.join(stranger, room), ErrorCode.NOT_FOUND);
        assertCode(() -> one.access.checkRead(stranger, room), ErrorCode.NOT_FOUND);
        assertCode(() -> one.rooms.join(admin, room), ErrorCode.FORBIDDEN);

        one.grants.set(
                owner,
                scope,
                new Subject.OfUser(member),
                Permission.ROOM_JOIN,
                Optional.of(Effect.DENY));

        assertThat(one.rooms.readable(member)).doesNotContain(room);
        assertCode(() -> one.access.check(member, room, TimelineAction.POST), ErrorCode.FORBIDDEN);

        one.roomAccess.setPrivate(ben, room, false);
        assertCode(() -> one.access.check(member, room, TimelineAction.POST), ErrorCode.FORBIDDEN);
        assertThat(one.roomAccess.isPrivate(room)).isFalse();
    }

    @Test
    void refusesGrantsThatMeanNothing() {
        assertCode(
                () ->
                        one.grants.set(
                                owner,
                                new Scope.OfRoom(room()),
                                everyone(),
                                Permission.ROLE_MANAGE,
                                allow()),
                ErrorCode.INVALID);
        assertCode(
                () ->
                        one.grants.set(
                                owner,
                                SERVER,
                                subject(RoleId.OWNER),
                                Permission.ROLE_MANAGE,
                                allow()),
                ErrorCode.INVALID);
        assertCode(
                () ->
                        one.grants.set(
                                owner,
                                new Scope.OfRoom(new RoomId("Rnowhere")),
                                everyone(),
                                Permission.ROOM_JOIN,
                                allow()),
                ErrorCode.NOT_FOUND);
        assertCode(() -> one.roles.delete(owner, RoleId.MODERATOR), ErrorCode.INVALID);
        assertCode(() -> one.roles.assign(owner, RoleId.EVERYONE, ben), ErrorCode.INVALID);
    }

    @Test
    void explainsWhichGrantDecided() {
        RoomId room = room();
        Scope scope = new Scope.OfRoom(room);
        Grant denial = new Grant(scope, everyone(), Permission.MESSAGE_POST, Effect.DENY);
        one.grants.set(owner, scope, everyone(), Permission.MESSAGE_POST, Optional.of(Effect.DENY));

        Grants.Explained explained = one.grants.explain(admin, ben, Permission.MESSAGE_POST, scope);

        assertThat(explained.decision().allowed()).isFalse();
        assertThat(explained.decision().decidedBy()).contains(denial);
        assertThat(explained.text()).isEqualTo("It is denied to everyone in the room " + room);
        assertThat(explained.considered())
                .containsExactly(
                        denial,
                        new Grant(SERVER, everyone(), Permission.MESSAGE_POST, Effect.ALLOW));
        assertCode(
                () -> one.grants.explain(ben, admin, Permission.MESSAGE_POST, scope),
                ErrorCode.FORBIDDEN);
    }

    private static RoleId role(String id) {
        return one.roles.create(owner, new NewRole(id, id, "", false, NewRole.LAST)).id();
    }

    private static int rooms;

    private static RoomId room() {
        return one.rooms.create(ben, new NewRoom("Room " + rooms++, ""), Optional.empty()).id();
    }

    private static List<String> allowed(RoleId role) {
        Rules rules = one.accessDirectory.state().server().of(role);
        return Arrays.stream(Permission.values())
                .filter(rules::allows)
                .map(Permission::text)
                .toList();
    }

    private static Optional<Effect> allow() {
        return Optional.of(Effect.ALLOW);
    }

    private static Subject everyone() {
        return subject(RoleId.EVERYONE);
    }

    private static Subject subject(RoleId role) {
        return new Subject.OfRole(role);
    }

    private static void assertCode(ThrowingCallable call, ErrorCode code) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ChattoException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(code));
    }
}
