package chat.chatto.core.access;

import chat.chatto.core.ChattoException;
import chat.chatto.core.account.UserDirectory;
import chat.chatto.core.account.UserId;
import chat.chatto.core.room.RoomDirectory;
import chat.chatto.core.room.RoomId;
import chat.chatto.core.room.RoomKind;
import chat.chatto.core.server.ServerBucket;

import jakarta.inject.Inject;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Allows and denies, and says what is allowed and denied and why. Safe for use by many threads. */
public final class Grants {

    private static final List<Permission> TO_SEE =
            List.of(Permission.ROLE_MANAGE, Permission.USER_MANAGE_PERMISSIONS);

    private final AccessDirectory access;
    private final Permissions permissions;
    private final Authority authority;
    private final RoomDirectory rooms;
    private final UserDirectory users;
    private final Roles roles;
    private final GrantRecords records;
    private final RoleRecords roleRecords;

    @Inject
    public Grants(
            ServerBucket server,
            AccessDirectory access,
            Permissions permissions,
            RoomDirectory rooms,
            UserDirectory users,
            Roles roles) {
        this.access = access;
        this.permissions = permissions;
        this.authority = new Authority(access, permissions);
        this.rooms = rooms;
        this.users = users;
        this.roles = roles;
        this.records = new GrantRecords(server);
        this.roleRecords = new RoleRecords(server);
    }

    /**
     * Everything that is allowed and denied in one scope.
     *
     * @throws ChattoException FORBIDDEN without {@code role.manage} and {@code user.manage-permissions}, NOT_FOUND, UNAVAILABLE
     */
    public List<Grant> list(UserId actor, Scope scope) {
        checkMaySee(actor);
        checkScope(scope);
        return access.state().grants(scope).grants().toList();
    }

    /**
     * Allows or denies something, or neither. To a role it takes {@code role.manage}, to a person {@code user.manage-permissions}, and to
     * be permitted oneself what it is about.
     *
     * @param effect empty to neither allow nor deny it any more
     * @throws ChattoException FORBIDDEN, NOT_FOUND, INVALID, CONFLICT, UNAVAILABLE
     */
    public void set(
            UserId actor,
            Scope scope,
            Subject subject,
            Permission permission,
            Optional<Effect> effect) {
        permissions.require(
                actor,
                switch (subject) {
                    case Subject.OfRole _ -> Permission.ROLE_MANAGE;
                    case Subject.OfUser _ -> Permission.USER_MANAGE_PERMISSIONS;
                });
        checkScope(scope);
        if (!permission.in(scope)) {
            throw ChattoException.invalid(
                    "permission",
                    permission
                            + " can be allowed and denied in: "
                            + String.join(", ", permission.scopes()));
        }
        checkSubject(subject);
        authority.check(actor, permission, scope);
        GrantRecords.Wish wish =
                effect.<GrantRecords.Wish>map(
                                what ->
                                        new GrantRecords.Wish.Have(
                                                new Grant(scope, subject, permission, what)))
                        .orElseGet(() -> new GrantRecords.Wish.Clear(subject, permission));
        records.change(
                scope,
                List.of(wish),
                writes -> {
                    if (subject instanceof Subject.OfRole(RoleId role)) {
                        writes.add(roleRecords.touching(role));
                    }
                });
    }

    /**
     * Why somebody may do something in a scope, or not.
     *
     * @param decision which grant or denial decided
     * @param text the same in words
     * @param considered everything that is allowed or denied to the person, the person's roles and everyone, the nearest first
     */
    public record Explained(Decision decision, String text, List<Grant> considered) {

        public Explained {
            considered = List.copyOf(considered);
        }
    }

    /**
     * Explains a decision.
     *
     * @throws ChattoException FORBIDDEN about somebody else without {@code role.manage} and {@code user.manage-permissions}, NOT_FOUND,
     *     UNAVAILABLE
     */
    public Explained explain(UserId actor, UserId user, Permission permission, Scope scope) {
        if (!actor.equals(user)) {
            checkMaySee(actor);
        }
        checkUser(user);
        Place place = permissions.place(scope).orElseThrow(() -> unknown(scope));
        AccessState state = access.state();
        Decision decision = Resolution.decide(state, user, permission, place);
        List<Grant> considered =
                Resolution.scopes(state, place)
                        .flatMap(grants -> speaking(state, grants, user, permission))
                        .toList();
        return new Explained(decision, Explanation.reason(decision), considered);
    }

    private static Stream<Grant> speaking(
            AccessState state, ScopeGrants grants, UserId user, Permission permission) {
        return grants.grants()
                .filter(grant -> grant.permission() == permission)
                .filter(
                        grant ->
                                switch (grant.subject()) {
                                    case Subject.OfUser(UserId person) -> person.equals(user);
                                    case Subject.OfRole(RoleId role) ->
                                            role.equals(RoleId.EVERYONE)
                                                    || state.rolesOf(user).contains(role);
                                });
    }

    private void checkMaySee(UserId actor) {
        if (TO_SEE.stream().noneMatch(permission -> permissions.allows(actor, permission))) {
            permissions.require(actor, TO_SEE.getFirst());
        }
    }

    private void checkScope(Scope scope) {
        if (scope instanceof Scope.OfRoom(RoomId room)
                && rooms.require(room).kind() == RoomKind.DIRECT_MESSAGE) {
            throw ChattoException.invalid(
                    "scope", "is a direct message, where nothing can be allowed or denied");
        }
        if (permissions.place(scope).isEmpty()) {
            throw unknown(scope);
        }
    }

    private void checkSubject(Subject subject) {
        switch (subject) {
            case Subject.OfUser(UserId user) -> checkUser(user);
            case Subject.OfRole(RoleId role) -> {
                if (roles.require(role).id().equals(RoleId.OWNER)) {
                    throw ChattoException.invalid(
                            "subject", "is the role owner, to which everything is permitted");
                }
            }
        }
    }

    private void checkUser(UserId user) {
        if (!users.active(user)) {
            throw ChattoException.notFound("There is no account " + user);
        }
    }

    private static ChattoException unknown(Scope scope) {
        return ChattoException.notFound("There is no scope " + scope);
    }
}
