package chat.chatto.core.room;

import chat.chatto.core.account.UserId;

/** Notes what a person need not read any more: what was written before they came is not news to them. */
@FunctionalInterface
public interface ReadMarker {

    /**
     * @param throughOrdinal the last message of the main line that is not news, -1 for none
     */
    void markRead(UserId user, RoomId room, long throughOrdinal);
}
