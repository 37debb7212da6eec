package chat.chatto.core.presence;

/** What one connection says of the person behind it. */
public enum Activity {
    /** Somebody is using it. */
    ACTIVE,
    /** It is open, but nobody has used it for a while. */
    IDLE
}
