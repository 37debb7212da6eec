package chat.chatto.core.timeline;

import chat.chatto.core.account.UserId;

import java.util.List;

/**
 * Whom a message addresses, resolved when it was written.
 *
 * @param users people by {@code @login}, in order of appearance
 * @param roles ids of roles by {@code @role}, in order of appearance
 * @param here whether {@code @here} addresses the members who are not offline
 * @param all whether {@code @all} addresses all members
 */
public record Mentions(List<UserId> users, List<String> roles, boolean here, boolean all) {

    /** Nobody. */
    public static final Mentions NONE = new Mentions(List.of(), List.of(), false, false);

    public Mentions {
        users = List.copyOf(users);
        roles = List.copyOf(roles);
    }

    /** Whether nobody is addressed. */
    public boolean isEmpty() {
        return users.isEmpty() && roles.isEmpty() && !here && !all;
    }
}
