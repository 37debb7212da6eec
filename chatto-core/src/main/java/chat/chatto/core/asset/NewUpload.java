package chat.chatto.core.asset;

import chat.chatto.core.room.RoomId;

/**
 * A file that somebody is going to send.
 *
 * @param size in bytes, at least 1
 */
public record NewUpload(String name, long size, RoomId room) {}
