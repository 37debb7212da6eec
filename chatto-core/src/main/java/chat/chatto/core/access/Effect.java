package chat.chatto.core.access;

/** What a grant does. */
public enum Effect {
    ALLOW,
    DENY
}
