package chat.chatto.core.personal;

import chat.chatto.core.account.UserId;
import chat.chatto.core.timeline.TimelineId;

import java.time.Instant;

/**
 * A person's draft has changed on some device.
 *
 * @param present whether there still is one
 * @param updatedAt tells the device that wrote it that this is its own change
 */
public record DraftChange(UserId user, TimelineId timeline, boolean present, Instant updatedAt) {}
