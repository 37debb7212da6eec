package chat.chatto.core.notification;

import chat.chatto.core.timeline.TimelineId;

/**
 * A thread that somebody follows, or has looked into.
 *
 * @param read the ordinal of the last reply that they read, -1 for none
 */
public record ThreadOfMine(TimelineId thread, boolean following, long read) {}
