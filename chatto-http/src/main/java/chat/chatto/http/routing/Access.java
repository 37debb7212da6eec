package chat.chatto.http.routing;

/** Who may call a route at all. */
public enum Access {
    /** Anybody. */
    PUBLIC,
    /** Whoever has a session. */
    SIGNED_IN
}
