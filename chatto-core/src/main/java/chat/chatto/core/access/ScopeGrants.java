package chat.chatto.core.access;

import chat.chatto.core.account.UserId;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** What is allowed and denied in one scope. Immutable. */
record ScopeGrants(
        Scope scope, Rules everyone, Map<RoleId, Rules> byRole, Map<UserId, Rules> byUser) {

    ScopeGrants {
        byRole = Map.copyOf(byRole);
        byUser = Map.copyOf(byUser);
    }

    static ScopeGrants none(Scope scope) {
        return new ScopeGrants(scope, Rules.NONE, Map.of(), Map.of());
    }

    /** @param grants of this scope; of two that contradict each other the later holds */
    static ScopeGrants of(Scope scope, Collection<Grant> grants) {
        Map<RoleId, Rules> byRole = new HashMap<>();
        Map<UserId, Rules> byUser = new HashMap<>();
        for (Grant grant : grants) {
            switch (grant.subject()) {
                case Subject.OfRole(RoleId role) ->
                        byRole.merge(role, only(grant), (former, _) -> more(former, grant));
                case Subject.OfUser(UserId user) ->
                        byUser.merge(user, only(grant), (former, _) -> more(former, grant));
            }
        }
        Rules everyone = byRole.getOrDefault(RoleId.EVERYONE, Rules.NONE);
        byRole.remove(RoleId.EVERYONE);
        return new ScopeGrants(scope, everyone, byRole, byUser);
    }

    Rules of(RoleId role) {
        return role.equals(RoleId.EVERYONE) ? everyone : byRole.getOrDefault(role, Rules.NONE);
    }

    Rules of(UserId user) {
        return byUser.getOrDefault(user, Rules.NONE);
    }

    Stream<Grant> grants() {
        return Stream.concat(
                Stream.concat(
                        grants(new Subject.OfRole(RoleId.EVERYONE), everyone),
                        byRole.entrySet().stream()
                                .flatMap(
                                        entry ->
                                                grants(
                                                        new Subject.OfRole(entry.getKey()),
                                                        entry.getValue()))),
                byUser.entrySet().stream()
                        .flatMap(
                                entry ->
                                        grants(
                                                new Subject.OfUser(entry.getKey()),
                                                entry.getValue())));
    }

    /** What is allowed and denied to a role. */
    Stream<Grant> grants(RoleId role) {
        return grants(new Subject.OfRole(role), of(role));
    }

    private Stream<Grant> grants(Subject subject, Rules rules) {
        return Arrays.stream(Permission.values())
                .filter(rules::speaksOf)
                .map(permission -> new Grant(scope, subject, permission, rules.effect(permission)));
    }

    private static Rules only(Grant grant) {
        return more(Rules.NONE, grant);
    }

    private static Rules more(Rules former, Grant grant) {
        return former.with(grant.permission(), grant.effect());
    }
}
