package chat.chatto.core;

/** Who may make an account. While a server has no owner yet, anybody may: somebody has to become the owner. */
public enum RegistrationPolicy {
    OPEN,
    CLOSED,
    INVITE_ONLY
}
