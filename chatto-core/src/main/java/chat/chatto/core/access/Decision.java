package chat.chatto.core.access;

import java.util.Optional;

/** Whether something is permitted, and why. */
public record Decision(boolean allowed, Reason reason, Optional<Grant> decidedBy) {

    /** What decided. */
    public enum Reason {
        /** Everything is permitted to owners. */
        OWNER,
        /** What is allowed or denied to the person or to a role that the person was given. */
        GRANT,
        /** What is allowed or denied to everybody. */
        EVERYONE,
        /** Those who take part in a direct message may do this unless it is denied to them. */
        DIRECT_MESSAGE_DEFAULT,
        /** Only owners may do this in a direct message, whatever is allowed. */
        DIRECT_MESSAGE_BOUNDARY,
        /** Whoever does not take part in a direct message may do nothing with it, owners included. */
        NO_PARTICIPANT,
        /** Nothing speaks of it. */
        NOTHING_ALLOWS
    }

    static final Decision OWNER = of(true, Reason.OWNER);
    static final Decision DIRECT_MESSAGE_DEFAULT = of(true, Reason.DIRECT_MESSAGE_DEFAULT);
    static final Decision DIRECT_MESSAGE_BOUNDARY = of(false, Reason.DIRECT_MESSAGE_BOUNDARY);
    static final Decision NO_PARTICIPANT = of(false, Reason.NO_PARTICIPANT);
    static final Decision NOTHING_ALLOWS = of(false, Reason.NOTHING_ALLOWS);

    static Decision by(Reason reason, Grant grant) {
        return new Decision(grant.effect() == Effect.ALLOW, reason, Optional.of(grant));
    }

    private static Decision of(boolean allowed, Reason reason) {
        return new Decision(allowed, reason, Optional.empty());
    }

    /** Whether it is denied to the person or to a role the person was given, not merely to everybody. */
    boolean deniedInPerson() {
        return !allowed && reason == Reason.GRANT;
    }
}
