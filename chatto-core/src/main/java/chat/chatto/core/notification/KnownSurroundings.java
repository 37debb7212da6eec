package chat.chatto.core.notification;

import chat.chatto.core.access.AccessDirectory;
import chat.chatto.core.access.RoleId;
import chat.chatto.core.account.UserId;
import chat.chatto.core.presence.Presence;
import chat.chatto.core.presence.PresenceChoice;
import chat.chatto.core.presence.PresenceState;
import chat.chatto.core.room.RoomDirectory;
import chat.chatto.core.room.RoomId;

import java.time.Instant;
import java.util.Collection;

/** People and rooms as this server knows them. */
final class KnownSurroundings implements Surroundings {

    private final RoomDirectory rooms;
    private final AccessDirectory access;
    private final Presence presence;
    private final Wishes wishes;

    KnownSurroundings(
            RoomDirectory rooms, AccessDirectory access, Presence presence, Wishes wishes) {
        this.rooms = rooms;
        this.access = access;
        this.presence = presence;
        this.wishes = wishes;
    }

    @Override
    public boolean direct(RoomId room) {
        return rooms.require(room).direct();
    }

    @Override
    public Collection<UserId> members(RoomId room) {
        return rooms.members(rooms.require(room)).toList();
    }

    /** What was said may be heard of before who has just joined: a no is asked of storage. */
    @Override
    public boolean member(RoomId room, UserId user) {
        return rooms.isCertainlyMember(room, user);
    }

    @Override
    public Collection<UserId> holders(RoomId room, String role) {
        var id = new RoleId(role);
        return rooms.members(rooms.require(room))
                .filter(user -> id.equals(RoleId.EVERYONE) || access.rolesOf(user).contains(id))
                .toList();
    }

    @Override
    public boolean offline(UserId user) {
        return presence.status(user).state() == PresenceState.OFFLINE;
    }

    @Override
    public boolean undisturbed(UserId user, Instant at) {
        return presence.choice(user) == PresenceChoice.DO_NOT_DISTURB
                || wishes.of(user).doNotDisturb().at(at);
    }

    @Override
    public NotificationSettings settings(UserId user) {
        return wishes.of(user);
    }

    @Override
    public Collection<UserId> watchers(RoomId room) {
        return wishes.watchers(room);
    }
}
