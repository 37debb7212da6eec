package chat.chatto.core.access;

import chat.chatto.core.Listeners;
import chat.chatto.core.access.AccessChange.Affected;
import chat.chatto.core.account.UserDirectory;
import chat.chatto.core.account.UserId;
import chat.chatto.core.server.Records;
import chat.chatto.core.server.ServerBucket;
import chat.chatto.core.stored.v1.StoredGrants;
import chat.chatto.core.stored.v1.StoredRole;
import chat.chatto.core.stored.v1.StoredRoles;
import chat.chatto.storage.KeyValueStore.Change;

import jakarta.inject.Inject;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Keeps the {@link AccessState} current by what is stored. Written by the one thread that applies changes; safe to be read by many.
 */
public final class AccessDirectory {

    private final UserDirectory users;
    private final Listeners<AccessChange> listeners = new Listeners<>();

    private volatile AccessState state = AccessState.empty();

    /** The latest change for more than one person, or from before the start. */
    private volatile long forMany;

    /** The latest change since the start for each person whom one concerned alone. */
    private final Map<UserId, Long> forOne = new ConcurrentHashMap<>();

    @Inject
    public AccessDirectory(ServerBucket server, UserDirectory users) {
        this.users = users;
        server.register(AccessRecords.ROLE, this::applyRole);
        server.register(AccessRecords.ROLES_OF, this::applyRolesOf);
        server.register(AccessRecords.GRANTS, this::applyGrants);
        users.onOwnership(this::applyOwnership);
    }

    AccessState state() {
        return state;
    }

    /** Whether it may have become different what a person may do, after a revision of SERVER. */
    public boolean changedSince(UserId user, long revision) {
        return forMany > revision || forOne.getOrDefault(user, 0L) > revision;
    }

    /** Whether a person was given a role, also one that counts for nothing any more. */
    public boolean given(UserId user, RoleId role) {
        return state.given().getOrDefault(user, List.of()).contains(role);
    }

    /** A role that counts. */
    public Optional<Role> role(RoleId role) {
        return state.roles().get(role);
    }

    /** The roles a person was given; being an owner is not among them, nor is what everyone has. */
    public List<RoleId> rolesOf(UserId user) {
        return state.rolesOf(user);
    }

    /**
     * Registers for all changes from now on, in order of revision, on the thread that applies them.
     *
     * @return ends the registration
     */
    public Runnable onChange(Consumer<AccessChange> listener) {
        return listeners.add(listener);
    }

    private void applyRole(Change change, boolean live) {
        RoleId role = AccessRecords.role(change.key());
        AccessState former = state;
        switch (change) {
            case Change.Put put -> {
                StoredRole stored = Records.parse(StoredRole.parser(), put.value());
                state =
                        stored.getEnding()
                                ? former.without(role, put.revision())
                                : former.with(AccessRecords.role(role, stored), put.revision());
            }
            case Change.Removed removed -> state = former.without(role, removed.revision());
        }
        note(live, change.revision());
        // Every change that speaks of a role rewrites it: mostly it stays what it was.
        if (live && !former.roles().get(role).equals(state.roles().get(role))) {
            tell(new Affected.Holders(role), new Scope.Server(), change.revision());
        }
    }

    private void applyRolesOf(Change change, boolean live) {
        UserId user = users.intern(new UserId(ServerBucket.id(change.key())));
        List<RoleId> given =
                switch (change) {
                    case Change.Put put ->
                            AccessRecords.roles(Records.parse(StoredRoles.parser(), put.value()));
                    case Change.Removed _ -> List.of();
                };
        state = state.with(user, given, change.revision());
        note(live, change.revision());
        if (live) {
            tell(new Affected.Person(user), new Scope.Server(), change.revision());
        }
    }

    private void applyOwnership(UserDirectory.Ownership change) {
        state = state.withOwner(change.user(), change.owner(), change.revision());
        tell(new Affected.Person(change.user()), new Scope.Server(), change.revision());
    }

    private void applyGrants(Change change, boolean live) {
        Scope scope = AccessRecords.scope(change.key());
        List<Grant> grants =
                switch (change) {
                    case Change.Put put ->
                            AccessRecords.grants(
                                    scope, Records.parse(StoredGrants.parser(), put.value()));
                    case Change.Removed _ -> List.of();
                };
        ScopeGrants former = state.grants(scope);
        ScopeGrants changed = ScopeGrants.of(scope, grants);
        state = state.with(changed, change.revision());
        note(live, change.revision());
        if (live) {
            different(former, changed)
                    .forEach(affected -> tell(affected, scope, change.revision()));
        }
    }

    /** While the copy is filled, nobody can tell whom a change concerned. */
    private void note(boolean live, long revision) {
        if (!live) {
            forMany = revision;
        }
    }

    /** To whom something else is allowed or denied than before. */
    private static List<Affected> different(ScopeGrants former, ScopeGrants changed) {
        if (!former.everyone().equals(changed.everyone())) {
            return List.of(new Affected.Everybody());
        }
        List<Affected> affected = new ArrayList<>();
        former.byRole().keySet().stream()
                .filter(role -> !changed.of(role).equals(former.of(role)))
                .forEach(role -> affected.add(new Affected.Holders(role)));
        changed.byRole().keySet().stream()
                .filter(role -> !former.byRole().containsKey(role))
                .forEach(role -> affected.add(new Affected.Holders(role)));
        former.byUser().keySet().stream()
                .filter(user -> !changed.of(user).equals(former.of(user)))
                .forEach(user -> affected.add(new Affected.Person(user)));
        changed.byUser().keySet().stream()
                .filter(user -> !former.byUser().containsKey(user))
                .forEach(user -> affected.add(new Affected.Person(user)));
        return affected;
    }

    private void tell(Affected affected, Scope scope, long revision) {
        switch (affected) {
            case Affected.Person(UserId user) -> forOne.put(user, revision);
            case Affected.Everybody _, Affected.Holders _ -> forMany = revision;
        }
        listeners.tell(new AccessChange(affected, scope, revision));
    }
}
