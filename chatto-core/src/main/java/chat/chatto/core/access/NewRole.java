package chat.chatto.core.access;

/**
 * A role that somebody makes.
 *
 * @param id what it is mentioned by; as in {@link RoleId}
 */
public record NewRole(
        String id, String displayName, String description, boolean pingable, int position) {

    /** Behind the roles that every server has. */
    public static final int LAST = 100;
}
