package chat.chatto.core.readstate;

import chat.chatto.core.account.UserId;
import chat.chatto.core.room.RoomId;

/**
 * A person has read on in a room, or made something unread again, on some device.
 *
 * @param ordinal the last message read in the main line
 */
public record ReadUpdate(UserId user, RoomId room, long ordinal) {}
