package chat.chatto.core.access;

import static chat.chatto.core.server.Records.FORMAT;

import chat.chatto.core.ChattoException;
import chat.chatto.core.ErrorCode;
import chat.chatto.core.account.UserId;
import chat.chatto.core.room.RoomId;
import chat.chatto.core.server.Records;
import chat.chatto.core.server.ServerBucket;
import chat.chatto.core.stored.v1.StoredGrant;
import chat.chatto.core.stored.v1.StoredGrants;
import chat.chatto.storage.ConflictException;
import chat.chatto.storage.KeyValueStore.Entry;
import chat.chatto.storage.KeyValueStore.Write;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Writes what is allowed and denied in the scopes. Safe for use by many threads. */
final class GrantRecords {

    /** How much can be allowed and denied in one scope: keeps its record small. */
    static final int GRANTS_PER_SCOPE = 2_000;

    private static final int ATTEMPTS = 16;

    private final ServerBucket server;

    GrantRecords(ServerBucket server) {
        this.server = server;
    }

    /** The first grants of a room. */
    static Write first(RoomId room, Stream<Grant> grants) {
        return new Write.Create(
                AccessRecords.grantsKey(new Scope.OfRoom(room)), AccessRecords.grants(grants));
    }

    static Grant to(UserId user, Permission permission, Scope scope) {
        return new Grant(scope, new Subject.OfUser(user), permission, Effect.ALLOW);
    }

    static Grant to(RoleId role, Permission permission, Effect effect, Scope scope) {
        return new Grant(scope, new Subject.OfRole(role), permission, effect);
    }

    /** What is to be the case after a change of some grants. */
    sealed interface Wish {

        Subject subject();

        Permission permission();

        record Have(Grant grant) implements Wish {

            @Override
            public Subject subject() {
                return grant.subject();
            }

            @Override
            public Permission permission() {
                return grant.permission();
            }
        }

        /** Neither allowed nor denied. */
        record Clear(Subject subject, Permission permission) implements Wish {}
    }

    /**
     * Changes what holds in a scope.
     *
     * @param alongside adds what has to be written in the same transaction; called anew for every attempt
     * @throws ChattoException INVALID when the scope is full, CONFLICT, UNAVAILABLE
     */
    void change(Scope scope, List<Wish> wishes, Consumer<List<Write>> alongside) {
        String key = AccessRecords.grantsKey(scope);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Entry> entry = server.read(key);
            StoredGrants former =
                    entry.map(present -> Records.parse(StoredGrants.parser(), present.value()))
                            .orElse(StoredGrants.getDefaultInstance());
            StoredGrants changed = changed(scope, former, wishes);
            if (changed.getGrantsList().equals(former.getGrantsList())) {
                entry.ifPresent(present -> server.awaitApplied(present.revision()));
                return;
            }
            List<Write> writes = new ArrayList<>();
            alongside.accept(writes);
            writes.add(
                    entry.<Write>map(
                                    present ->
                                            new Write.Update(
                                                    key, changed.toByteArray(), present.revision()))
                            .orElseGet(() -> new Write.Create(key, changed.toByteArray())));
            try {
                server.transact(writes);
                return;
            } catch (ConflictException _) {
                // Somebody else changed what holds here: look again.
            }
        }
        throw ChattoException.of(
                ErrorCode.CONFLICT, "What is allowed here is being changed by others");
    }

    private static StoredGrants changed(Scope scope, StoredGrants former, List<Wish> wishes) {
        List<StoredGrant> grants = new ArrayList<>(former.getGrantsList());
        for (Wish wish : wishes) {
            Optional<StoredGrant> wanted =
                    switch (wish) {
                        case Wish.Have(Grant grant) -> Optional.of(AccessRecords.stored(grant));
                        case Wish.Clear _ -> Optional.empty();
                    };
            if (wanted.filter(grants::contains).isPresent()) {
                continue;
            }
            grants.removeIf(grant -> concerns(scope, grant, wish));
            wanted.ifPresent(grants::add);
        }
        if (grants.size() > GRANTS_PER_SCOPE && grants.size() > former.getGrantsCount()) {
            throw ChattoException.invalid(
                    "scope",
                    "has "
                            + GRANTS_PER_SCOPE
                            + " grants, and cannot hold more: give a role what many people need");
        }
        return former.toBuilder().setFormat(FORMAT).clearGrants().addAllGrants(grants).build();
    }

    private static boolean concerns(Scope scope, StoredGrant stored, Wish wish) {
        return AccessRecords.grant(scope, stored)
                .filter(
                        grant ->
                                grant.subject().equals(wish.subject())
                                        && grant.permission() == wish.permission())
                .isPresent();
    }
}
