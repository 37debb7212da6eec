package chat.chatto.core.account;

import static chat.chatto.core.server.Records.FORMAT;

import chat.chatto.core.ChattoException;
import chat.chatto.core.ErrorCode;
import chat.chatto.core.server.Records;
import chat.chatto.core.server.ServerBucket;
import chat.chatto.core.stored.v1.StoredLogin;
import chat.chatto.core.stored.v1.StoredPassword;
import chat.chatto.core.stored.v1.StoredUser;
import chat.chatto.storage.ConflictException;
import chat.chatto.storage.KeyValueStore.Entry;
import chat.chatto.storage.KeyValueStore.Write;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * An account's records in SERVER: the person, the password's hash, and the login's reservation, which makes it unique on all servers.
 * Safe for use by many threads.
 */
final class AccountRecords {

    private static final int ATTEMPTS = 8;

    private final ServerBucket server;

    AccountRecords(ServerBucket server) {
        this.server = server;
    }

    /**
     * Stores a new account.
     *
     * @throws ConflictException when the login is taken
     */
    void create(UserId id, Login login, StoredUser user, String passwordHash) {
        byte[] password =
                StoredPassword.newBuilder()
                        .setFormat(FORMAT)
                        .setHash(passwordHash)
                        .build()
                        .toByteArray();
        server.transact(
                List.of(
                        new Write.Create(passwordKey(id), password),
                        new Write.Create(UserDirectory.key(id), user.toByteArray()),
                        LoginReservation.of(login, id)));
    }

    /** Who has this login. */
    Optional<UserId> named(Login login) {
        return server.read(LoginReservation.key(login))
                .map(entry -> Records.parse(StoredLogin.parser(), entry.value()).getUser())
                .filter(user -> !user.isEmpty())
                .map(UserId::new);
    }

    Optional<String> passwordHash(UserId user) {
        return server.read(passwordKey(user))
                .map(entry -> Records.parse(StoredPassword.parser(), entry.value()).getHash());
    }

    /** Brings this server's copy up to the present record. @return whether there is one */
    boolean catchUp(UserId user) {
        return server.catchUp(UserDirectory.key(user));
    }

    /**
     * Changes a person's record.
     *
     * @throws ChattoException NOT_FOUND, also for a deleted account
     */
    StoredUser update(UserId user, UnaryOperator<StoredUser> change) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Entry entry = entry(user);
            StoredUser former = parse(entry);
            if (former.getDeleted()) {
                throw unknown(user);
            }
            StoredUser changed = change.apply(former);
            try {
                server.transact(List.of(replacing(entry, changed)));
                return changed;
            } catch (ConflictException _) {
                // Somebody else changed the account: look again.
            }
        }
        throw busy();
    }

    /**
     * Leaves nothing of an account but that there was one; nothing happens to a deleted one.
     *
     * @throws ChattoException NOT_FOUND
     */
    void delete(UserId user) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Entry entry = entry(user);
            StoredUser former = parse(entry);
            if (former.getDeleted()) {
                return;
            }
            StoredUser rest =
                    StoredUser.newBuilder()
                            .setFormat(FORMAT)
                            .setCreatedAtMillis(former.getCreatedAtMillis())
                            .setDeleted(true)
                            .build();
            List<Write> writes = new ArrayList<>();
            for (String key :
                    List.of(
                            passwordKey(user),
                            LoginReservation.key(new Login(former.getLogin())))) {
                server.read(key)
                        .ifPresent(held -> writes.add(new Write.Remove(key, held.revision())));
            }
            writes.add(replacing(entry, rest));
            try {
                server.transact(writes);
                return;
            } catch (ConflictException _) {
                // Somebody else changed the account: look again.
            }
        }
        throw busy();
    }

    static ChattoException unknown(UserId user) {
        return ChattoException.notFound("There is no account " + user);
    }

    private Entry entry(UserId user) {
        return server.read(UserDirectory.key(user)).orElseThrow(() -> unknown(user));
    }

    private static StoredUser parse(Entry entry) {
        return Records.parse(StoredUser.parser(), entry.value());
    }

    private static Write replacing(Entry entry, StoredUser changed) {
        return new Write.Update(entry.key(), changed.toByteArray(), entry.revision());
    }

    private static ChattoException busy() {
        return ChattoException.of(ErrorCode.CONFLICT, "The account is being changed by others");
    }

    private static String passwordKey(UserId user) {
        return "password." + user.value();
    }
}
