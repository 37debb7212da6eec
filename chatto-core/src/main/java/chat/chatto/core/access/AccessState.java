package chat.chatto.core.access;

import chat.chatto.core.account.UserId;
import chat.chatto.core.room.GroupId;
import chat.chatto.core.room.RoomId;

import java.util.ArrayList;
import java.util.List;

/**
 * Everything that decides who may do what, as it was at one moment. Immutable.
 *
 * @param roles those that count
 * @param owners to whom everything is permitted
 * @param given the roles that people were given; owner and everyone are not among them
 * @param revision of SERVER: the latest change
 */
record AccessState(
        PersistentMap<RoleId, Role> roles,
        PersistentMap<UserId, Boolean> owners,
        PersistentMap<UserId, List<RoleId>> given,
        ScopeGrants server,
        PersistentMap<GroupId, ScopeGrants> groups,
        PersistentMap<RoomId, ScopeGrants> rooms,
        long revision) {

    /** Nobody may do anything. */
    static AccessState empty() {
        return new AccessState(
                PersistentMap.empty(),
                PersistentMap.empty(),
                PersistentMap.empty(),
                ScopeGrants.none(new Scope.Server()),
                PersistentMap.empty(),
                PersistentMap.empty(),
                0);
    }

    boolean owner(UserId user) {
        return owners.containsKey(user);
    }

    /** The roles a person was given, without those that do not count any more. */
    List<RoleId> rolesOf(UserId user) {
        List<RoleId> all = given.getOrDefault(user, List.of());
        for (RoleId role : all) {
            if (!roles.containsKey(role)) {
                return all.stream().filter(roles::containsKey).toList();
            }
        }
        return all;
    }

    ScopeGrants grants(Scope scope) {
        return switch (scope) {
            case Scope.Server() -> server;
            case Scope.Group(GroupId group) ->
                    groups.get(group).orElseGet(() -> ScopeGrants.none(scope));
            case Scope.OfRoom(RoomId room) ->
                    rooms.get(room).orElseGet(() -> ScopeGrants.none(scope));
        };
    }

    /** The scopes where anything is allowed or denied to a role. */
    List<ScopeGrants> scopesOf(RoleId role) {
        List<ScopeGrants> found = new ArrayList<>();
        found.add(server);
        groups.forEach((_, grants) -> found.add(grants));
        rooms.forEach((_, grants) -> found.add(grants));
        found.removeIf(grants -> grants.of(role).equals(Rules.NONE));
        return found;
    }

    /** Whom a role was given, whether it counts or not. */
    List<UserId> givenTo(RoleId role) {
        List<UserId> found = new ArrayList<>();
        given.forEach(
                (user, each) -> {
                    if (each.contains(role)) {
                        found.add(user);
                    }
                });
        return found;
    }

    AccessState with(Role role, long changedAt) {
        return new AccessState(
                roles.with(role.id(), role), owners, given, server, groups, rooms, changedAt);
    }

    AccessState without(RoleId role, long changedAt) {
        return new AccessState(
                roles.without(role), owners, given, server, groups, rooms, changedAt);
    }

    AccessState withOwner(UserId user, boolean owner, long changedAt) {
        return new AccessState(
                roles,
                owner ? owners.with(user, true) : owners.without(user),
                given,
                server,
                groups,
                rooms,
                changedAt);
    }

    AccessState with(UserId user, List<RoleId> nowGiven, long changedAt) {
        return new AccessState(
                roles,
                owners,
                nowGiven.isEmpty() ? given.without(user) : given.with(user, List.copyOf(nowGiven)),
                server,
                groups,
                rooms,
                changedAt);
    }

    AccessState with(ScopeGrants grants, long changedAt) {
        return switch (grants.scope()) {
            case Scope.Server() ->
                    new AccessState(roles, owners, given, grants, groups, rooms, changedAt);
            case Scope.Group(GroupId group) ->
                    new AccessState(
                            roles,
                            owners,
                            given,
                            server,
                            groups.with(group, grants),
                            rooms,
                            changedAt);
            case Scope.OfRoom(RoomId room) ->
                    new AccessState(
                            roles,
                            owners,
                            given,
                            server,
                            groups,
                            rooms.with(room, grants),
                            changedAt);
        };
    }
}
