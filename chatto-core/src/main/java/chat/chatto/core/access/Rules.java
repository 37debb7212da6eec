package chat.chatto.core.access;

/**
 * What is allowed and denied to one subject in one scope.
 *
 * @param allows the {@link Permission#bit}s of what is allowed
 * @param denies those of what is denied; none of them is allowed too
 */
record Rules(int allows, int denies) {

    static final Rules NONE = new Rules(0, 0);

    boolean allows(Permission permission) {
        return (allows & permission.bit()) != 0;
    }

    boolean denies(Permission permission) {
        return (denies & permission.bit()) != 0;
    }

    boolean speaksOf(Permission permission) {
        return ((allows | denies) & permission.bit()) != 0;
    }

    Effect effect(Permission permission) {
        return allows(permission) ? Effect.ALLOW : Effect.DENY;
    }

    Rules with(Permission permission, Effect effect) {
        int bit = permission.bit();
        return switch (effect) {
            case ALLOW -> new Rules(allows | bit, denies & ~bit);
            case DENY -> new Rules(allows & ~bit, denies | bit);
        };
    }
}
