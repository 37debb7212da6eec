package chat.chatto.core.access;

import chat.chatto.core.account.UserId;
import chat.chatto.core.asset.UploadAccess;
import chat.chatto.core.room.RoomId;
import chat.chatto.core.timeline.TimelineAccess;
import chat.chatto.core.timeline.TimelineAction;

import jakarta.inject.Inject;

/** Permits uploads to those who may attach files to messages in the room. */
public final class RoomUploadAccess implements UploadAccess {

    private final TimelineAccess timelines;

    @Inject
    public RoomUploadAccess(TimelineAccess timelines) {
        this.timelines = timelines;
    }

    @Override
    public void checkUpload(UserId user, RoomId room) {
        timelines.check(user, room, TimelineAction.ATTACH);
    }
}
