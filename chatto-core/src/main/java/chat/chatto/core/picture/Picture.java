package chat.chatto.core.picture;

/**
 * A PNG. The array is not copied: treat it as read-only.
 *
 * @param version tells it from all others
 */
public record Picture(String version, byte[] content) {}
