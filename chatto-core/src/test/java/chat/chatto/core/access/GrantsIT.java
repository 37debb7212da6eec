package chat.chatto.core.access;

import static chat.chatto.core.access.AccessServers.allow;
import static chat.chatto.core.access.AccessServers.assertCode;
import static chat.chatto.core.access.AccessServers.everyone;
import static chat.chatto.core.access.AccessServers.subject;

import static org.assertj.core.api.Assertions.assertThat;

import chat.chatto.core.ErrorCode;
import chat.chatto.core.TestServer;
import chat.chatto.core.account.UserId;
import chat.chatto.core.room.RoomAction;
import chat.chatto.core.room.RoomId;
import chat.chatto.core.timeline.TimelineAction;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.Optional;

class GrantsIT {

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
        RoomId room = SERVERS.room();

        assertThat(one.roomAccess.may(ben, RoomAction.MANAGE, room)).isTrue();
        assertThat(one.permissions.allows(ben, Permission.ROOM_MANAGE)).isFalse();
        other.roomAccess.check(ben, RoomAction.MANAGE, room);
    }

    @Test
    void shutsPeopleOutOfARoomTheyBelongTo() {
        RoomId room = SERVERS.room();
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
                                new Scope.OfRoom(SERVERS.room()),
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
        RoomId room = SERVERS.room();
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
}
