package chat.chatto.core;

/** Why something was refused. The names are stable: clients rely on them. */
public enum ErrorCode {
    UNAUTHENTICATED,
    FORBIDDEN,
    NOT_FOUND,
    CONFLICT,
    NAME_TAKEN,
    LOGIN_TAKEN,
    ARCHIVED,
    INVALID,
    TOO_LARGE,
    /** The key was used for something else. */
    IDEMPOTENCY_KEY_REUSED,
    /** The key is too old, or dated too far in the future, to tell whether it was used. */
    IDEMPOTENCY_KEY_EXPIRED,
    EDIT_WINDOW_CLOSED,
    RATE_LIMITED,
    /** Storage is away or overloaded. The outcome of a write is unknown; repeating it with its key is safe. */
    UNAVAILABLE,
    CLAIM_REFUSED,
    /** What is stored contradicts its own hash chain, and is not shown. */
    HISTORY_DAMAGED
}
