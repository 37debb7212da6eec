package chat.chatto.core.personal;

import chat.chatto.core.timeline.TimelineId;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * What a person has begun to write.
 *
 * @param body 1 to 10,000 code points
 * @param replyTo the ordinal, in the same timeline, of the message it answers
 * @param updatedAt when the person wrote it, on the device
 */
public record Draft(TimelineId timeline, String body, OptionalLong replyTo, Instant updatedAt) {}
