package chat.chatto.core.room;

import chat.chatto.core.account.UserId;

import java.time.Instant;
import java.util.Optional;

/**
 * Keeps a person out of a room.
 *
 * @param reason at most {@value Moderation#REASON_BYTES} bytes of UTF-8; may be empty
 * @param expiresAt when it ends by itself; empty for never
 */
public record Ban(
        UserId user,
        UserId bannedBy,
        String reason,
        Instant bannedAt,
        Optional<Instant> expiresAt) {}
