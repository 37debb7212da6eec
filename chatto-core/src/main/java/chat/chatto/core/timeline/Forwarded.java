package chat.chatto.core.timeline;

import chat.chatto.core.account.UserId;

import java.time.Instant;

/**
 * A copy of another message, as it was when it was forwarded.
 *
 * @param source where the original stands, which not every reader may read
 * @param author who wrote the original
 * @param body empty when the author's key was destroyed
 */
public record Forwarded(MessageAddress source, UserId author, Instant createdAt, String body) {}
