package chat.chatto.core.access;

import static chat.chatto.core.server.Records.FORMAT;

import chat.chatto.core.ChattoException;
import chat.chatto.core.ErrorCode;
import chat.chatto.core.Names;
import chat.chatto.core.Slice;
import chat.chatto.core.account.User;
import chat.chatto.core.account.UserDirectory;
import chat.chatto.core.account.UserId;
import chat.chatto.core.server.ServerBucket;
import chat.chatto.core.stored.v1.StoredRole;
import chat.chatto.storage.ConflictException;

import jakarta.inject.Inject;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Makes, finds and changes roles, and says who has them. Safe for use by many threads. */
public final class Roles {

    /** The most bytes of a role's display name. */
    public static final int DISPLAY_NAME_BYTES = 80;

    /** The most bytes of a role's description. */
    public static final int DESCRIPTION_BYTES = 500;

    /** How many roles a server can have. */
    public static final int ROLES = 200;

    /** Positions are 0 to this. */
    public static final int POSITION = 10_000;

    /** How many roles a person can have. */
    public static final int ROLES_PER_PERSON = 50;

    /** The most members of a role at once. */
    public static final int MEMBER_LIMIT = 100;

    /** Mentions of many, which no role may be taken for. */
    private static final List<String> RESERVED = List.of("here", "all");

    private final AccessDirectory access;
    private final Permissions permissions;
    private final Authority authority;
    private final UserDirectory users;
    private final RoleRecords records;
    private final GrantRecords grants;
    private final InstantSource clock;

    @Inject
    public Roles(
            ServerBucket server,
            AccessDirectory access,
            Permissions permissions,
            UserDirectory users,
            InstantSource clock) {
        this.access = access;
        this.permissions = permissions;
        this.authority = new Authority(access, permissions);
        this.users = users;
        this.records = new RoleRecords(server);
        this.grants = new GrantRecords(server);
        this.clock = clock;
    }

    /** All roles, as they are to be shown. */
    public List<Role> list() {
        List<Role> roles = new ArrayList<>();
        access.state().roles().forEach((_, role) -> roles.add(role));
        roles.sort(
                Comparator.comparingInt(Role::position).thenComparing(role -> role.id().value()));
        return roles;
    }

    public Optional<Role> find(RoleId role) {
        return access.state().roles().get(role);
    }

    /** @throws ChattoException NOT_FOUND */
    public Role require(RoleId role) {
        return find(role).orElseThrow(() -> RoleRecords.unknown(role));
    }

    /** Whom a role was given, deleted accounts excluded, in no order; nobody for {@code everyone}, which is given to nobody. */
    public List<UserId> members(RoleId role) {
        AccessState state = access.state();
        if (role.equals(RoleId.OWNER)) {
            return users.owners();
        }
        List<UserId> members = new ArrayList<>();
        if (state.roles().containsKey(role)) {
            state.given()
                    .forEach(
                            (user, given) -> {
                                if (given.contains(role) && users.active(user)) {
                                    members.add(user);
                                }
                            });
        }
        return members;
    }

    /**
     * Who has a role, by login.
     *
     * @param limit 1 to {@value #MEMBER_LIMIT}
     * @param cursor from the former part of the list; empty for the first one
     * @throws ChattoException NOT_FOUND, INVALID, also for {@code everyone}
     */
    public Slice<User> members(RoleId role, int limit, Optional<String> cursor) {
        require(role);
        checkGivable(role);
        if (limit < 1 || limit > MEMBER_LIMIT) {
            throw ChattoException.invalid("limit", "must be 1 to " + MEMBER_LIMIT);
        }
        String after = cursor.orElse("");
        List<User> found =
                members(role).stream()
                        .flatMap(user -> users.find(user).stream())
                        .filter(user -> user.login().folded().compareTo(after) > 0)
                        .sorted(Comparator.comparing(user -> user.login().folded()))
                        .limit(limit + 1L)
                        .toList();
        if (found.size() <= limit) {
            return new Slice<>(found, Optional.empty());
        }
        List<User> part = found.subList(0, limit);
        return new Slice<>(part, Optional.of(part.getLast().login().folded()));
    }

    /** All roles a person has because they were given, {@code owner} first. */
    public List<RoleId> of(UserId user) {
        List<RoleId> given = access.rolesOf(user);
        if (!users.owner(user)) {
            return given;
        }
        List<RoleId> all = new ArrayList<>();
        all.add(RoleId.OWNER);
        all.addAll(given);
        return List.copyOf(all);
    }

    /**
     * Makes a role that allows and denies nothing yet.
     *
     * @throws ChattoException FORBIDDEN, INVALID, also when there are {@value #ROLES} roles, NAME_TAKEN when a role or an account has the
     *     name, UNAVAILABLE
     */
    public Role create(UserId actor, NewRole role) {
        permissions.require(actor, Permission.ROLE_MANAGE);
        if (!RoleId.possible(role.id())) {
            throw ChattoException.invalid(
                    "id",
                    "must have 2 to 32 lower-case letters, digits, '.', '_' and '-', start with a"
                            + " letter or digit and not end with a dot");
        }
        RoleId id = new RoleId(role.id());
        String displayName = cleanDisplayName(role.displayName());
        checkDescription(role.description());
        checkPosition(role.position());
        if (list().size() >= ROLES) {
            throw ChattoException.invalid(
                    "id", "is one too many: the server has " + ROLES + " roles, delete one first");
        }
        if (RESERVED.contains(id.value())) {
            throw taken(id);
        }
        try {
            records.create(
                    id,
                    StoredRole.newBuilder()
                            .setFormat(FORMAT)
                            .setDisplayName(displayName)
                            .setDescription(role.description())
                            .setPingable(role.pingable())
                            .setPosition(role.position())
                            .setCreatedAtMillis(clock.millis())
                            .build());
        } catch (ConflictException _) {
            throw taken(id);
        }
        return require(id);
    }

    /**
     * Changes how a role is shown and mentioned.
     *
     * @throws ChattoException NOT_FOUND, FORBIDDEN, INVALID, CONFLICT, UNAVAILABLE
     */
    public Role change(UserId actor, RoleId role, RoleChange change) {
        permissions.require(actor, Permission.ROLE_MANAGE);
        Optional<String> displayName = change.displayName().map(Roles::cleanDisplayName);
        change.description().ifPresent(Roles::checkDescription);
        change.position().ifPresent(Roles::checkPosition);
        records.change(
                role,
                stored -> {
                    StoredRole.Builder changed = stored.toBuilder();
                    displayName.ifPresent(changed::setDisplayName);
                    change.description().ifPresent(changed::setDescription);
                    change.pingable().ifPresent(changed::setPingable);
                    change.position().ifPresent(changed::setPosition);
                    return changed.build();
                });
        return require(role);
    }

    /**
     * Deletes a role with all that it allows and denies. It counts for nothing at once; after a failure, repeating completes the rest.
     *
     * @throws ChattoException NOT_FOUND, FORBIDDEN, INVALID for a system role, CONFLICT, UNAVAILABLE
     */
    public void delete(UserId actor, RoleId role) {
        permissions.require(actor, Permission.ROLE_MANAGE);
        if (role.system()) {
            throw ChattoException.invalid("role", "is one that every server has");
        }
        authority.check(actor, role, Authority.Over.WHAT_IT_DOES);
        records.end(role);
        AccessState state = access.state();
        for (ScopeGrants scope : state.scopesOf(role)) {
            List<GrantRecords.Wish> clearing =
                    scope.grants(role)
                            .<GrantRecords.Wish>map(
                                    grant ->
                                            new GrantRecords.Wish.Clear(
                                                    grant.subject(), grant.permission()))
                            .toList();
            grants.change(scope.scope(), clearing, _ -> {});
        }
        for (UserId user : state.givenTo(role)) {
            records.forget(role, user);
        }
        records.remove(role);
    }

    /**
     * Gives a person a role; nothing happens when the person has it. Who is no owner gives only what allows no more than the own rights.
     *
     * @throws ChattoException NOT_FOUND, FORBIDDEN, INVALID for {@code everyone}, CONFLICT, UNAVAILABLE
     */
    public void assign(UserId actor, RoleId role, UserId user) {
        checkAssignment(actor, role, user, Authority.Over.WHAT_IT_ALLOWS);
        if (role.equals(RoleId.OWNER)) {
            records.own(user, true, () -> checkOwner(actor));
        } else {
            records.give(role, user, true);
        }
    }

    /**
     * Takes a role from a person; nothing happens when the person does not have it. Who is no owner takes only what allows and denies no
     * more than the own rights.
     *
     * @throws ChattoException NOT_FOUND, FORBIDDEN, INVALID for {@code everyone}, CONFLICT for the last owner, UNAVAILABLE
     */
    public void revoke(UserId actor, RoleId role, UserId user) {
        checkAssignment(actor, role, user, Authority.Over.WHAT_IT_DOES);
        if (role.equals(RoleId.OWNER)) {
            records.own(
                    user,
                    false,
                    () -> {
                        checkOwner(actor);
                        if (users.owners().equals(List.of(user))) {
                            throw ChattoException.of(
                                    ErrorCode.CONFLICT,
                                    "This is the last owner: make somebody else an owner first");
                        }
                    });
        } else {
            records.give(role, user, false);
        }
    }

    private void checkAssignment(UserId actor, RoleId role, UserId user, Authority.Over over) {
        permissions.require(actor, Permission.ROLE_ASSIGN);
        require(role);
        checkGivable(role);
        if (!users.active(user)) {
            throw ChattoException.notFound("There is no account " + user);
        }
        if (role.equals(RoleId.OWNER)) {
            checkOwner(actor);
        }
        authority.check(actor, role, over);
    }

    private void checkOwner(UserId actor) {
        if (!users.owner(actor)) {
            throw ChattoException.forbidden("Only owners make owners, and take it from them");
        }
    }

    private static void checkGivable(RoleId role) {
        if (role.equals(RoleId.EVERYONE)) {
            throw ChattoException.invalid(
                    "role", "is everyone, which nobody is given: all have it");
        }
    }

    private static String cleanDisplayName(String displayName) {
        String cleaned = Names.clean("displayName", displayName, 1, DISPLAY_NAME_BYTES);
        Names.checkBytes("displayName", cleaned, DISPLAY_NAME_BYTES);
        return cleaned;
    }

    private static void checkDescription(String description) {
        Names.checkBytes("description", description, DESCRIPTION_BYTES);
        Names.checkText("description", description);
    }

    private static void checkPosition(int position) {
        if (position < 0 || position > POSITION) {
            throw ChattoException.invalid("position", "must be 0 to " + POSITION);
        }
    }

    private static ChattoException taken(RoleId role) {
        return ChattoException.of(
                ErrorCode.NAME_TAKEN,
                "A role or an account is called " + role + " already: choose another name");
    }
}
