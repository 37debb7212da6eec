package chat.chatto.core.access;

import chat.chatto.core.ChattoException;
import chat.chatto.core.account.UserId;

/** Keeps those who hand out rights from handing out more than they have themselves. Safe for use by many threads. */
final class Authority {

    private final AccessDirectory access;
    private final Permissions permissions;

    Authority(AccessDirectory access, Permissions permissions) {
        this.access = access;
        this.permissions = permissions;
    }

    /** Which of a role's grants count. */
    enum Over {
        WHAT_IT_ALLOWS,
        /** Also what it denies: taking such a role away gives. */
        WHAT_IT_DOES
    }

    /**
     * @throws ChattoException FORBIDDEN unless the actor may do all that the role's grants speak of
     */
    void check(UserId actor, RoleId role, Over over) {
        for (ScopeGrants scope : access.state().scopesOf(role)) {
            scope.grants(role)
                    .filter(grant -> over == Over.WHAT_IT_DOES || grant.effect() == Effect.ALLOW)
                    .forEach(grant -> check(actor, grant.permission(), scope.scope()));
        }
    }

    /**
     * @throws ChattoException FORBIDDEN unless the actor may do this in the scope
     */
    void check(UserId actor, Permission permission, Scope scope) {
        if (!permissions.allowsIn(actor, permission, scope)) {
            throw ChattoException.forbidden(
                    "You cannot hand out or take what you may not do yourself: "
                            + permission
                            + " in the scope "
                            + scope);
        }
    }
}
