package chat.chatto.core.account;

import java.util.Optional;

/**
 * What somebody gives who wants an account.
 *
 * @param displayName the login where empty
 * @param email not kept: this server sends no mail
 * @param invite not used: this server knows no invitations
 */
public record Registration(
        String login,
        String password,
        Optional<String> displayName,
        Optional<String> email,
        Optional<String> invite) {

    /** A registration with nothing but what is needed. */
    public static Registration of(String login, String password) {
        return new Registration(
                login, password, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Without the password, which must not reach a log. */
    @Override
    public String toString() {
        return "Registration[login=" + login + "]";
    }
}
