package chat.chatto.core.account;

import chat.chatto.core.Identifiers;

/** Identifies a person's account for ever; never reused. */
public record UserId(String value) {

    /** Stands where the product itself acted. */
    public static final UserId SYSTEM = new UserId("system");

    public UserId {
        Identifiers.check("user", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
