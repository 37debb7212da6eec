package chat.chatto.core.account;

/** Prepares for people who are about to have an account. */
@FunctionalInterface
public interface Newcomers {

    /**
     * Called before the account is there, so that its first visit finds all prepared; perhaps it will not be there after all.
     *
     * @throws chat.chatto.core.ChattoException UNAVAILABLE
     */
    void welcome(UserId user);
}
