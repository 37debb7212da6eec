package chat.chatto.core.asset;

import chat.chatto.core.room.RoomId;

import java.time.Instant;
import java.util.Optional;

/**
 * A file that arrives, or has arrived and waits for its message.
 *
 * @param room where it may be posted
 * @param size in bytes, as announced
 * @param offset how much of it has arrived
 * @param expiresAt when it is given up, unless more of it arrives or it is posted
 * @param attachment once it is complete
 */
public record Upload(
        AssetId id,
        String name,
        RoomId room,
        long size,
        long offset,
        Instant expiresAt,
        Optional<Attachment> attachment) {}
