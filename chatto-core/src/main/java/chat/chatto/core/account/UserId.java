package chat.chatto.core.account;

import chat.chatto.core.Identifiers;

import java.util.Comparator;

/** Identifies a person's account for ever; never reused. */
public record UserId(String value) {

    /** Stands where the product itself acted. */
    public static final UserId SYSTEM = new UserId("system");

    /** An order that is the same everywhere. */
    public static final Comparator<UserId> BY_VALUE = Comparator.comparing(UserId::value);

    public UserId {
        Identifiers.check("user", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
