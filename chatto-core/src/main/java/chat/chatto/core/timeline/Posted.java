package chat.chatto.core.timeline;

/**
 * The outcome of posting.
 *
 * @param repeated whether an earlier attempt with the same idempotency key had already posted the message
 */
public record Posted(Message message, boolean repeated) {}
