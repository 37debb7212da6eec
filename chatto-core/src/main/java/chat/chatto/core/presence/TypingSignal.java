package chat.chatto.core.presence;

import chat.chatto.core.account.UserId;
import chat.chatto.core.room.RoomId;

import java.util.OptionalLong;

/**
 * Somebody is writing a message.
 *
 * @param threadRoot the ordinal of the thread's root; empty for the main line
 */
public record TypingSignal(UserId user, RoomId room, OptionalLong threadRoot) {}
