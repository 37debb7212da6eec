package chat.chatto.core.access;

import chat.chatto.core.ChattoException;
import chat.chatto.core.ErrorCode;
import chat.chatto.core.account.UserDirectory;
import chat.chatto.core.account.UserId;
import chat.chatto.core.room.Room;
import chat.chatto.core.room.RoomDirectory;
import chat.chatto.core.room.RoomId;
import chat.chatto.core.timeline.TimelineAccess;

import jakarta.inject.Inject;

/** Members read and write a room, unless it is archived; owners moderate. */
public final class RoomTimelineAccess implements TimelineAccess {

    private final RoomDirectory rooms;
    private final UserDirectory users;

    @Inject
    public RoomTimelineAccess(RoomDirectory rooms, UserDirectory users) {
        this.rooms = rooms;
        this.users = users;
    }

    @Override
    public int shard(RoomId room) {
        return rooms.require(room).shard();
    }

    @Override
    public void checkRead(UserId user, RoomId room) {
        requireMembership(user, room);
    }

    @Override
    public void checkWrite(UserId user, RoomId room) {
        if (requireMembership(user, room).archived()) {
            throw ChattoException.of(
                    ErrorCode.ARCHIVED, "The room is archived: nobody can write into it");
        }
    }

    @Override
    public boolean mayModerate(UserId user, RoomId room) {
        return users.owner(user) && rooms.find(room).isPresent();
    }

    private Room requireMembership(UserId user, RoomId room) {
        Room present = rooms.require(room);
        if (!rooms.isCertainlyMember(room, user)) {
            throw ChattoException.forbidden("Join the room first");
        }
        return present;
    }
}
