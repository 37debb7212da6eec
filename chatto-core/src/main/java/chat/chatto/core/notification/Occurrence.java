package chat.chatto.core.notification;

/** One reason to be notified of something, and how. */
public record Occurrence(Cause cause, Mode mode) {}
