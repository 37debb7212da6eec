package chat.chatto.core.timeline;

/**
 * Of an entry in the main line: the thread reply that it shows.
 *
 * @param threadRoot the ordinal of the thread's root, in the main line
 * @param ordinal the reply's, in the thread
 * @param messageId the reply's
 */
public record EchoOf(long threadRoot, long ordinal, String messageId) {}
