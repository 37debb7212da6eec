package chat.chatto.core.access;

import static chat.chatto.core.access.AccessServers.allow;
import static chat.chatto.core.access.AccessServers.assertCode;
import static chat.chatto.core.access.AccessServers.subject;

import static org.assertj.core.api.Assertions.assertThat;

import chat.chatto.core.ErrorCode;
import chat.chatto.core.Race;
import chat.chatto.core.TestServer;
import chat.chatto.core.account.UserId;
import chat.chatto.core.room.RoomAction;
import chat.chatto.core.room.RoomId;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

class RolesIT {

    @RegisterExtension static final AccessServers SERVERS = new AccessServers();

    private static final Scope SERVER = new Scope.Server();

    private TestServer one;
    private TestServer other;
    private UserId owner;
    private UserId admin;
    private UserId ben;

    @BeforeEach
    void servers() {
        one = SERVERS.one();
        other = SERVERS.other();
        owner = SERVERS.owner();
        admin = SERVERS.admin();
        ben = SERVERS.ben();
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
    void allowsWithARoleAndWithItNoMore() {
        RoleId role = SERVERS.role("gardeners");
        UserId gardener = one.register("gardener").id();
        RoomId room = SERVERS.room();
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
        RoleId role = SERVERS.role("passing");
        UserId holder = one.register("holder").id();
        RoomId room = SERVERS.room();
        one.roles.assign(owner, role, holder);
        one.grants.set(owner, SERVER, subject(role), Permission.SERVER_MANAGE, allow());
        one.grants.set(
                owner, new Scope.OfRoom(room), subject(role), Permission.ROOM_MANAGE, allow());

        one.roles.delete(admin, role);

        assertThat(one.roles.find(role)).isEmpty();
        assertThat(SERVERS.role("passing")).isEqualTo(role);
        assertThat(one.roles.members(role)).isEmpty();
        assertThat(one.roles.of(holder)).isEmpty();
        assertThat(allowed(role)).isEmpty();
        assertThat(one.permissions.allows(holder, Permission.SERVER_MANAGE)).isFalse();
        assertThat(one.roomAccess.may(holder, RoomAction.MANAGE, room)).isFalse();
    }

    @Test
    void completesADeletionThatWasInterrupted() {
        RoleId role = SERVERS.role("halfway");
        UserId holder = one.register("halfholder").id();
        one.roles.assign(owner, role, holder);
        new RoleRecords(one.bucket).end(role);

        assertThat(one.roles.of(holder)).isEmpty();
        assertCode(() -> one.roles.assign(owner, role, ben), ErrorCode.NOT_FOUND);
        assertCode(() -> SERVERS.role("halfway"), ErrorCode.NAME_TAKEN);

        one.roles.delete(owner, role);

        SERVERS.role("halfway");
        assertThat(one.roles.of(holder)).isEmpty();
    }

    @Test
    void sharesOneNamespaceBetweenLoginsAndRoles() throws Exception {
        assertCode(() -> SERVERS.role("ben"), ErrorCode.NAME_TAKEN);
        assertCode(() -> SERVERS.role("here"), ErrorCode.NAME_TAKEN);
        assertCode(() -> SERVERS.role("Upper"), ErrorCode.INVALID);
        SERVERS.role("taken.name");
        assertCode(() -> one.register("Taken.Name"), ErrorCode.LOGIN_TAKEN);
        for (String login : List.of("owner", "moderator", "everyone", "here", "all", "support")) {
            assertCode(() -> one.register(login), ErrorCode.INVALID);
        }

        List<ErrorCode> refusals =
                Race.refusals(
                        2,
                        n -> {
                            if (n == 0) {
                                SERVERS.role("contested");
                            } else {
                                other.register("contested");
                            }
                        });
        assertThat(refusals).hasSize(1).containsAnyOf(ErrorCode.NAME_TAKEN, ErrorCode.LOGIN_TAKEN);
    }

    @Test
    void givesAndTakesRolesOnTwoServersAtOnce() throws Exception {
        UserId user = one.register("busy").id();
        List<RoleId> roles =
                List.of(
                        SERVERS.role("r1"),
                        SERVERS.role("r2"),
                        SERVERS.role("r3"),
                        SERVERS.role("r4"));
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
        RoleId strong = SERVERS.role("strong");
        one.grants.set(owner, SERVER, subject(strong), Permission.ROOM_MANAGE, allow());
        RoleId deputies = SERVERS.role("deputies");
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

        RoleId barred = SERVERS.role("barred");
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

    private List<String> allowed(RoleId role) {
        Rules rules = one.accessDirectory.state().server().of(role);
        return Arrays.stream(Permission.values())
                .filter(rules::allows)
                .map(Permission::text)
                .toList();
    }
}
