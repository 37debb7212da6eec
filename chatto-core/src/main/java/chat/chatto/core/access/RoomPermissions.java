package chat.chatto.core.access;

import chat.chatto.core.ChattoException;
import chat.chatto.core.account.UserId;
import chat.chatto.core.room.GroupId;
import chat.chatto.core.room.Room;
import chat.chatto.core.room.RoomAccess;
import chat.chatto.core.room.RoomAction;
import chat.chatto.core.room.RoomDirectory;
import chat.chatto.core.room.RoomId;
import chat.chatto.core.room.RoomKind;
import chat.chatto.core.server.ServerBucket;
import chat.chatto.storage.KeyValueStore.Write;

import jakarta.inject.Inject;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Permits with rooms what {@link Permissions} say. Who belongs to a room may read it, also when nobody else may join it any more, unless
 * joining is denied to that person or to a role the person was given.
 */
public final class RoomPermissions implements RoomAccess {

    private static final List<Permission> SEEING =
            List.of(Permission.ROOM_LIST, Permission.ROOM_JOIN);

    /** What lets somebody know of a room who does not belong to it. */
    private static final List<Permission> KNOWING =
            List.of(Permission.ROOM_LIST, Permission.ROOM_JOIN, Permission.ROOM_MANAGE);

    private final Permissions permissions;
    private final AccessDirectory access;
    private final RoomDirectory rooms;
    private final GrantRecords grants;

    @Inject
    public RoomPermissions(
            Permissions permissions,
            AccessDirectory access,
            RoomDirectory rooms,
            ServerBucket server) {
        this.permissions = permissions;
        this.access = access;
        this.rooms = rooms;
        this.grants = new GrantRecords(server);
    }

    @Override
    public boolean mayRead(UserId user, RoomId room) {
        return rooms.find(room).filter(present -> mayRead(user, present)).isPresent();
    }

    @Override
    public void checkRead(UserId user, RoomId room) {
        Room present = rooms.require(room);
        if (mayRead(user, present)) {
            return;
        }
        permissions.catchUp(user, new Scope.OfRoom(room));
        if (!belongsCertainly(user, present)) {
            if (!maySee(user, present)) {
                throw RoomDirectory.unknown(room);
            }
            throw ChattoException.forbidden(
                    rooms.isBanned(room, user)
                            ? "You are banned from this room"
                            : "Join the room first");
        }
        if (permissions.shutOut(user, present)) {
            throw ChattoException.forbidden(
                    Explanation.refusal(
                            Permission.ROOM_JOIN,
                            permissions.decide(user, Permission.ROOM_JOIN, Place.in(present))));
        }
    }

    @Override
    public boolean maySee(UserId user, Room room) {
        return mayRead(user, room)
                || (room.kind() == RoomKind.CHANNEL
                        && KNOWING.stream()
                                .anyMatch(
                                        permission -> permissions.allows(user, permission, room)));
    }

    @Override
    public boolean may(UserId user, RoomAction action, RoomId room) {
        return permissions.allows(user, permission(action), room);
    }

    @Override
    public void check(UserId user, RoomAction action, RoomId room) {
        permissions.require(user, permission(action), room);
    }

    @Override
    public void checkCreate(UserId user, Optional<GroupId> group) {
        group.ifPresentOrElse(
                in -> permissions.require(user, Permission.ROOM_CREATE, in),
                () -> permissions.require(user, Permission.ROOM_CREATE));
    }

    @Override
    public void checkArrange(UserId user) {
        permissions.require(user, Permission.SERVER_MANAGE);
    }

    @Override
    public Write creation(RoomId room, UserId creator, boolean hidden) {
        Scope scope = new Scope.OfRoom(room);
        Grant manage = GrantRecords.to(creator, Permission.ROOM_MANAGE, scope);
        return GrantRecords.first(
                room,
                hidden
                        ? Stream.concat(Stream.of(manage), hiding(scope).stream())
                        : Stream.of(manage));
    }

    @Override
    public Write announcing(RoomId room) {
        Scope scope = new Scope.OfRoom(room);
        return GrantRecords.first(
                room,
                Stream.of(
                        GrantRecords.to(
                                RoleId.EVERYONE, Permission.MESSAGE_POST, Effect.DENY, scope),
                        GrantRecords.to(
                                RoleId.ADMIN, Permission.MESSAGE_POST, Effect.ALLOW, scope)));
    }

    @Override
    public boolean isPrivate(RoomId room) {
        Rules everyone = access.state().grants(new Scope.OfRoom(room)).everyone();
        return SEEING.stream().allMatch(everyone::denies);
    }

    @Override
    public void setPrivate(UserId actor, RoomId room, boolean hidden) {
        check(actor, RoomAction.MANAGE, room);
        Scope scope = new Scope.OfRoom(room);
        List<GrantRecords.Wish> wishes =
                hiding(scope).stream()
                        .<GrantRecords.Wish>map(
                                grant ->
                                        hidden
                                                ? new GrantRecords.Wish.Have(grant)
                                                : new GrantRecords.Wish.Clear(
                                                        grant.subject(), grant.permission()))
                        .toList();
        grants.change(scope, wishes, _ -> {});
    }

    private static List<Grant> hiding(Scope scope) {
        return SEEING.stream()
                .map(permission -> GrantRecords.to(RoleId.EVERYONE, permission, Effect.DENY, scope))
                .toList();
    }

    private boolean mayRead(UserId user, Room room) {
        return belongs(user, room) && !permissions.shutOut(user, room);
    }

    private boolean belongs(UserId user, Room room) {
        return switch (room.kind()) {
            case CHANNEL -> rooms.isMember(room.id(), user);
            case DIRECT_MESSAGE -> room.participants().contains(user);
        };
    }

    private boolean belongsCertainly(UserId user, Room room) {
        return switch (room.kind()) {
            case CHANNEL -> rooms.isCertainlyMember(room.id(), user);
            case DIRECT_MESSAGE -> room.participants().contains(user);
        };
    }

    private static Permission permission(RoomAction action) {
        return switch (action) {
            case LIST -> Permission.ROOM_LIST;
            case JOIN -> Permission.ROOM_JOIN;
            case MANAGE -> Permission.ROOM_MANAGE;
            case BAN -> Permission.ROOM_BAN_MEMBER;
            case MODERATE -> Permission.MESSAGE_MANAGE;
        };
    }
}
