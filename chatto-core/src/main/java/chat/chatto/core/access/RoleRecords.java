package chat.chatto.core.access;

import static chat.chatto.core.server.Records.FORMAT;

import chat.chatto.core.ChattoException;
import chat.chatto.core.ErrorCode;
import chat.chatto.core.account.LoginReservation;
import chat.chatto.core.account.UserDirectory;
import chat.chatto.core.account.UserId;
import chat.chatto.core.server.Records;
import chat.chatto.core.server.ServerBucket;
import chat.chatto.core.stored.v1.StoredRole;
import chat.chatto.core.stored.v1.StoredRoles;
import chat.chatto.storage.ConflictException;
import chat.chatto.storage.KeyValueStore.Entry;
import chat.chatto.storage.KeyValueStore.Write;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Writes roles and who has them. Whatever speaks of a role rewrites its record in the same transaction, so that a role that is being
 * deleted gets nothing new, and two owners cannot make each other none at once. Safe for use by many threads.
 */
final class RoleRecords {

    private static final int ATTEMPTS = 16;

    private final ServerBucket server;

    RoleRecords(ServerBucket server) {
        this.server = server;
    }

    /** @throws ConflictException when there is the role, or an account or a role has its name for a login */
    void create(RoleId id, StoredRole role) {
        server.transact(
                List.of(
                        LoginReservation.ofRole(id.value()),
                        new Write.Create(AccessRecords.roleKey(id), role.toByteArray())));
    }

    /** @throws ChattoException NOT_FOUND, CONFLICT, UNAVAILABLE */
    void change(RoleId role, UnaryOperator<StoredRole> change) {
        retrying(
                () -> {
                    Entry entry = require(role);
                    StoredRole changed = change.apply(parse(entry));
                    return List.of(
                            new Write.Update(entry.key(), changed.toByteArray(), entry.revision()));
                });
    }

    /** Rewrites a role's record as it is. @throws ChattoException NOT_FOUND, also for a role that is being deleted */
    Write touching(RoleId role) {
        Entry entry = require(role);
        return new Write.Update(entry.key(), entry.value(), entry.revision());
    }

    /**
     * Gives a person a role that is not {@code owner}, or takes it; nothing happens when it is so already.
     *
     * @throws ChattoException NOT_FOUND, INVALID when the person has too many roles, CONFLICT, UNAVAILABLE
     */
    void give(RoleId role, UserId user, boolean give) {
        retrying(
                () -> {
                    Write touching = touching(role);
                    return rolesOf(user, role, give)
                            .map(write -> List.of(touching, write))
                            .orElse(List.of());
                });
    }

    /**
     * Makes a person an owner, or none any more; nothing happens when it is so already.
     *
     * @param check called once this server's copy shows all earlier changes of owners, before every attempt
     * @throws ChattoException NOT_FOUND, CONFLICT, UNAVAILABLE, and what the check throws
     */
    void own(UserId user, boolean own, Runnable check) {
        retrying(
                () -> {
                    Entry role = require(RoleId.OWNER);
                    server.awaitApplied(role.revision());
                    check.run();
                    Write touching = new Write.Update(role.key(), role.value(), role.revision());
                    return server.read(UserDirectory.key(user))
                            .flatMap(entry -> UserDirectory.owning(entry, own))
                            .map(write -> List.of(write, touching))
                            .orElse(List.of());
                });
    }

    /** Lets a role count for nothing; what speaks of it can then be removed. @throws ChattoException NOT_FOUND */
    void end(RoleId role) {
        retrying(
                () -> {
                    Entry entry = stored(role).orElseThrow(() -> unknown(role));
                    StoredRole stored = parse(entry);
                    if (stored.getEnding()) {
                        return List.of();
                    }
                    byte[] ending = stored.toBuilder().setEnding(true).build().toByteArray();
                    return List.of(new Write.Update(entry.key(), ending, entry.revision()));
                });
    }

    /** Takes a role that has ended from a person. */
    void forget(RoleId role, UserId user) {
        retrying(() -> rolesOf(user, role, false).map(List::of).orElse(List.of()));
    }

    /** Removes a role that has ended, and frees its name. */
    void remove(RoleId role) {
        retrying(
                () -> {
                    List<Write> writes = new ArrayList<>();
                    for (String key :
                            List.of(
                                    LoginReservation.key(role.value()),
                                    AccessRecords.roleKey(role))) {
                        server.read(key)
                                .ifPresent(
                                        held -> writes.add(new Write.Remove(key, held.revision())));
                    }
                    return writes;
                });
    }

    static ChattoException unknown(RoleId role) {
        return ChattoException.notFound("There is no role " + role);
    }

    private Entry require(RoleId role) {
        return stored(role)
                .filter(entry -> !parse(entry).getEnding())
                .orElseThrow(() -> unknown(role));
    }

    private Optional<Entry> stored(RoleId role) {
        return server.read(AccessRecords.roleKey(role));
    }

    private static StoredRole parse(Entry entry) {
        return Records.parse(StoredRole.parser(), entry.value());
    }

    /** Empty when nothing is to be changed. */
    private Optional<Write> rolesOf(UserId user, RoleId role, boolean give) {
        String key = AccessRecords.rolesOfKey(user);
        Optional<Entry> entry = server.read(key);
        StoredRoles former =
                entry.map(present -> Records.parse(StoredRoles.parser(), present.value()))
                        .orElse(StoredRoles.getDefaultInstance());
        if (former.getRolesList().contains(role.value()) == give) {
            return Optional.empty();
        }
        List<String> roles = new ArrayList<>(former.getRolesList());
        if (give) {
            roles.add(role.value());
        } else {
            roles.remove(role.value());
        }
        if (give && roles.size() > Roles.ROLES_PER_PERSON) {
            throw ChattoException.invalid(
                    "user", "has " + Roles.ROLES_PER_PERSON + " roles: take one away first");
        }
        byte[] changed =
                former.toBuilder()
                        .setFormat(FORMAT)
                        .clearRoles()
                        .addAllRoles(roles)
                        .build()
                        .toByteArray();
        Function<Entry, Write> update =
                present -> new Write.Update(key, changed, present.revision());
        return Optional.of(entry.map(update).orElseGet(() -> new Write.Create(key, changed)));
    }

    /** Writes what is to be written, if anything, planned anew after every conflict. */
    private void retrying(Plan plan) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            List<Write> writes = plan.writes();
            if (writes.isEmpty()) {
                return;
            }
            try {
                server.transact(writes);
                return;
            } catch (ConflictException _) {
                // Somebody else changed the role, or the person: look again.
            }
        }
        throw ChattoException.of(ErrorCode.CONFLICT, "The role is being changed by others");
    }

    @FunctionalInterface
    private interface Plan {
        List<Write> writes();
    }
}
