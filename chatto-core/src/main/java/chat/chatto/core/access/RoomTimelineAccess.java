package chat.chatto.core.access;

import chat.chatto.core.ChattoException;
import chat.chatto.core.ErrorCode;
import chat.chatto.core.account.UserId;
import chat.chatto.core.emoji.Emoji;
import chat.chatto.core.room.RoomAccess;
import chat.chatto.core.room.RoomDirectory;
import chat.chatto.core.room.RoomId;
import chat.chatto.core.room.SlowMode;
import chat.chatto.core.timeline.TimelineAccess;
import chat.chatto.core.timeline.TimelineAction;

import jakarta.inject.Inject;

import java.util.Optional;

/** Permits in timelines what {@link Permissions} say to those who belong to the room, unless it is archived. */
public final class RoomTimelineAccess implements TimelineAccess {

    private final RoomDirectory rooms;
    private final RoomAccess access;
    private final Permissions permissions;
    private final SlowMode slowMode;
    private final Emoji emoji;

    @Inject
    public RoomTimelineAccess(
            RoomDirectory rooms,
            RoomAccess access,
            Permissions permissions,
            SlowMode slowMode,
            Emoji emoji) {
        this.rooms = rooms;
        this.access = access;
        this.permissions = permissions;
        this.slowMode = slowMode;
        this.emoji = emoji;
    }

    @Override
    public int shard(RoomId room) {
        return rooms.require(room).shard();
    }

    @Override
    public void checkRead(UserId user, RoomId room) {
        access.checkRead(user, room);
    }

    @Override
    public boolean mayRead(UserId user, RoomId room) {
        return access.mayRead(user, room);
    }

    @Override
    public void checkWrite(UserId user, RoomId room) {
        access.checkRead(user, room);
        if (rooms.require(room).archived()) {
            throw ChattoException.of(
                    ErrorCode.ARCHIVED, "The room is archived: nobody can write into it");
        }
    }

    @Override
    public void check(UserId user, RoomId room, TimelineAction action) {
        checkWrite(user, room);
        permissions.require(user, permission(action), room);
    }

    @Override
    public boolean mayModerate(UserId user, RoomId room) {
        return permissions.allows(user, Permission.MESSAGE_MANAGE, room);
    }

    @Override
    public SlowMode.Turn takeTurn(UserId author, RoomId room, Optional<String> attempt) {
        boolean exempt =
                permissions.allows(author, Permission.ROOM_MANAGE, room)
                        || permissions.allows(author, Permission.MESSAGE_MANAGE, room);
        return exempt ? SlowMode.Turn.FREE : slowMode.take(author, room, attempt);
    }

    @Override
    public void checkEmoji(String text) {
        emoji.check("emoji", text);
    }

    private static Permission permission(TimelineAction action) {
        return switch (action) {
            case POST -> Permission.MESSAGE_POST;
            case REPLY -> Permission.MESSAGE_POST_IN_THREAD;
            case ATTACH -> Permission.MESSAGE_ATTACH;
            case REACT -> Permission.MESSAGE_REACT;
            case ECHO -> Permission.MESSAGE_ECHO;
            case PIN -> Permission.ROOM_MANAGE;
        };
    }
}
