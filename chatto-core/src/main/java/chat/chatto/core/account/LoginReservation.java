package chat.chatto.core.account;

import static chat.chatto.core.server.Records.FORMAT;

import chat.chatto.core.stored.v1.StoredLogin;
import chat.chatto.storage.KeyValueStore.Write;

/** Keeps a login for one account, or for the role whose name it is: people and roles are mentioned in the same way. */
public final class LoginReservation {

    private LoginReservation() {}

    static String key(Login login) {
        return key(login.folded());
    }

    /** The key of a name in lower case. */
    public static String key(String folded) {
        return "login." + folded.replace('.', '=');
    }

    static Write of(Login login, UserId user) {
        StoredLogin reservation =
                StoredLogin.newBuilder().setFormat(FORMAT).setUser(user.value()).build();
        return new Write.Create(key(login), reservation.toByteArray());
    }

    /** Keeps a role's name, unless an account or another role has it. */
    public static Write ofRole(String role) {
        StoredLogin reservation = StoredLogin.newBuilder().setFormat(FORMAT).setRole(role).build();
        return new Write.Create(key(role), reservation.toByteArray());
    }
}
