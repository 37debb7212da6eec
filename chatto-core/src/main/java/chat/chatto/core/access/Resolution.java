package chat.chatto.core.access;

import chat.chatto.core.access.Decision.Reason;
import chat.chatto.core.account.UserId;

import org.jspecify.annotations.Nullable;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Decides who may do what. Owners may do everything. For everybody else, the person and each role the person was given say what holds
 * nearest to the place: in the room, else in its group, else on the server. One denial among them refuses; otherwise what one of them allows
 * is permitted, unless it is denied to everyone still nearer. Where none of them says anything, what holds for everyone nearest decides, and
 * where that is nothing too, the answer is no.
 *
 * <p>Direct messages have a boundary of their own: nobody but those who take part may do anything, and what is for moderators is refused to
 * all but owners, whatever was allowed.
 */
final class Resolution {

    /** What only owners may do in a direct message. */
    static final Set<Permission> BEYOND_DIRECT_MESSAGES =
            EnumSet.of(
                    Permission.ROOM_MANAGE,
                    Permission.ROOM_BAN_MEMBER,
                    Permission.MESSAGE_MANAGE,
                    Permission.MESSAGE_ECHO,
                    Permission.ROOM_CREATE,
                    Permission.MESSAGE_POST_IN_THREAD);

    /** What those who take part in a direct message may do when nothing speaks of it. */
    static final Set<Permission> USUAL_IN_DIRECT_MESSAGES =
            EnumSet.of(
                    Permission.ROOM_JOIN,
                    Permission.MESSAGE_POST,
                    Permission.MESSAGE_ATTACH,
                    Permission.MESSAGE_REACT);

    private static final ScopeGrants NOWHERE = ScopeGrants.none(new Scope.Server());

    private Resolution() {}

    /** Whether a person may do something somewhere, and what decided. */
    static Decision decide(AccessState state, UserId user, Permission permission, Place place) {
        boolean owner = state.owner(user);
        if (place instanceof Place.InDirectMessage direct) {
            if (!direct.participants().contains(user)) {
                return Decision.NO_PARTICIPANT;
            }
            if (!owner && BEYOND_DIRECT_MESSAGES.contains(permission)) {
                return Decision.DIRECT_MESSAGE_BOUNDARY;
            }
        }
        if (owner) {
            return Decision.OWNER;
        }
        Decision decision = new Scopes(state, place).decide(user, permission);
        return decision.reason() == Reason.NOTHING_ALLOWS
                        && place instanceof Place.InDirectMessage
                        && USUAL_IN_DIRECT_MESSAGES.contains(permission)
                ? Decision.DIRECT_MESSAGE_DEFAULT
                : decision;
    }

    /** The scopes that count at a place, the nearest first. */
    static Stream<ScopeGrants> scopes(AccessState state, Place place) {
        Scopes scopes = new Scopes(state, place);
        return Stream.of(scopes.room(), scopes.group(), scopes.server())
                .filter(grants -> !grants.equals(NOWHERE));
    }

    /** What holds at a place, in its three scopes; those it does not have hold nothing. */
    private record Scopes(
            AccessState state, ScopeGrants room, ScopeGrants group, ScopeGrants server) {

        Scopes(AccessState state, Place place) {
            this(state, room(state, place), group(state, place), state.server());
        }

        Decision decide(UserId user, Permission permission) {
            ScopeGrants everyone = nearest(permission, RoleId.EVERYONE);
            ScopeGrants allowing = null;
            Subject allowed = null;
            ScopeGrants own = nearest(permission, user);
            if (own != null) {
                if (own.of(user).denies(permission)) {
                    return denied(own, new Subject.OfUser(user), permission);
                }
                allowing = own;
                allowed = new Subject.OfUser(user);
            }
            List<RoleId> roles = state.rolesOf(user);
            for (int i = 0; i < roles.size(); i++) {
                RoleId role = roles.get(i);
                ScopeGrants found = nearest(permission, role);
                if (found == null) {
                    continue;
                }
                if (found.of(role).denies(permission)) {
                    return denied(found, new Subject.OfRole(role), permission);
                }
                if (allowing == null || distance(found) < distance(allowing)) {
                    allowing = found;
                    allowed = new Subject.OfRole(role);
                }
            }
            if (allowing != null && allowed != null && !overruled(allowing, everyone, permission)) {
                return Decision.by(
                        Reason.GRANT,
                        new Grant(allowing.scope(), allowed, permission, Effect.ALLOW));
            }
            return everyone == null ? Decision.NOTHING_ALLOWS : forEveryone(everyone, permission);
        }

        /** Whether something is denied to everyone nearer than it is allowed to the person. */
        private boolean overruled(
                ScopeGrants allowing, @Nullable ScopeGrants everyone, Permission permission) {
            return everyone != null
                    && everyone.everyone().denies(permission)
                    && distance(everyone) < distance(allowing);
        }

        private @Nullable ScopeGrants nearest(Permission permission, UserId user) {
            if (room.of(user).speaksOf(permission)) {
                return room;
            }
            if (group.of(user).speaksOf(permission)) {
                return group;
            }
            return server.of(user).speaksOf(permission) ? server : null;
        }

        private @Nullable ScopeGrants nearest(Permission permission, RoleId role) {
            if (room.of(role).speaksOf(permission)) {
                return room;
            }
            if (group.of(role).speaksOf(permission)) {
                return group;
            }
            return server.of(role).speaksOf(permission) ? server : null;
        }

        private static int distance(ScopeGrants grants) {
            return switch (grants.scope()) {
                case Scope.OfRoom _ -> 0;
                case Scope.Group _ -> 1;
                case Scope.Server() -> 2;
            };
        }

        private static Decision denied(ScopeGrants by, Subject subject, Permission permission) {
            return Decision.by(
                    Reason.GRANT, new Grant(by.scope(), subject, permission, Effect.DENY));
        }

        private static Decision forEveryone(ScopeGrants by, Permission permission) {
            return Decision.by(
                    Reason.EVERYONE,
                    new Grant(
                            by.scope(),
                            new Subject.OfRole(RoleId.EVERYONE),
                            permission,
                            by.everyone().effect(permission)));
        }

        private static ScopeGrants room(AccessState state, Place place) {
            return place instanceof Place.InRoom in
                    ? state.rooms().getOrDefault(in.room(), NOWHERE)
                    : NOWHERE;
        }

        private static ScopeGrants group(AccessState state, Place place) {
            return switch (place) {
                case Place.InRoom in ->
                        in.group()
                                .map(group -> state.groups().getOrDefault(group, NOWHERE))
                                .orElse(NOWHERE);
                case Place.InGroup in -> state.groups().getOrDefault(in.group(), NOWHERE);
                case Place.OnServer(), Place.InDirectMessage _ -> NOWHERE;
            };
        }
    }
}
