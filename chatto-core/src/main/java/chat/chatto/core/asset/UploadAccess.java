package chat.chatto.core.asset;

import chat.chatto.core.account.UserId;
import chat.chatto.core.room.RoomId;

/** Who may upload files, decided from state in memory. Safe for use by many threads. */
@FunctionalInterface
public interface UploadAccess {

    /**
     * @throws chat.chatto.core.ChattoException NOT_FOUND, FORBIDDEN or ARCHIVED unless the user may attach files to messages in the room
     */
    void checkUpload(UserId user, RoomId room);
}
