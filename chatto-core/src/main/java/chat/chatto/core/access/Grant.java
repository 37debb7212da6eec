package chat.chatto.core.access;

/** Something that is allowed or denied to somebody somewhere. */
public record Grant(Scope scope, Subject subject, Permission permission, Effect effect) {}
