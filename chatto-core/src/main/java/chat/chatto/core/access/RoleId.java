package chat.chatto.core.access;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Names a role for ever; people are mentioned by it.
 *
 * @param value {@value #MINIMUM} to {@value #MAXIMUM} lower-case ASCII letters, digits, dots, underscores and hyphens, starting with a letter
 *     or digit and not ending with a dot
 */
public record RoleId(String value) {

    /** The fewest characters. */
    public static final int MINIMUM = 2;

    /** The most characters. */
    public static final int MAXIMUM = 32;

    private static final Pattern ALLOWED = Pattern.compile("[a-z0-9][a-z0-9._-]*(?<!\\.)");

    /** Everything is permitted to owners. */
    public static final RoleId OWNER = new RoleId("owner");

    public static final RoleId ADMIN = new RoleId("admin");

    public static final RoleId MODERATOR = new RoleId("moderator");

    /** Every person has it without having been given it. */
    public static final RoleId EVERYONE = new RoleId("everyone");

    /** The roles of every server, which cannot be deleted; the mightiest first. */
    public static final List<RoleId> SYSTEM = List.of(OWNER, ADMIN, MODERATOR, EVERYONE);

    /**
     * @throws IllegalArgumentException for what can be no role's name
     */
    public RoleId {
        if (!possible(value)) {
            throw new IllegalArgumentException("Not a role id: " + value);
        }
    }

    /** Whether a role could have this name. */
    public static boolean possible(String value) {
        return value.length() >= MINIMUM
                && value.length() <= MAXIMUM
                && ALLOWED.matcher(value).matches();
    }

    /** Whether every server has the role. */
    public boolean system() {
        return SYSTEM.contains(this);
    }

    @Override
    public String toString() {
        return value;
    }
}
