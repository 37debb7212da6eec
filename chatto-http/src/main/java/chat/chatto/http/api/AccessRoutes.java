package chat.chatto.http.api;

import static chat.chatto.http.api.Paths.API;

import chat.chatto.core.ChattoException;
import chat.chatto.core.Slice;
import chat.chatto.core.access.Effect;
import chat.chatto.core.access.Grants;
import chat.chatto.core.access.NewRole;
import chat.chatto.core.access.Permission;
import chat.chatto.core.access.RoleChange;
import chat.chatto.core.access.RoleId;
import chat.chatto.core.access.Roles;
import chat.chatto.core.access.Scope;
import chat.chatto.core.access.Subject;
import chat.chatto.core.account.Accounts;
import chat.chatto.core.account.User;
import chat.chatto.core.account.UserId;
import chat.chatto.http.json.Fields;
import chat.chatto.http.json.MalformedJsonException;
import chat.chatto.http.routing.Access;
import chat.chatto.http.routing.Answer;
import chat.chatto.http.routing.Body;
import chat.chatto.http.routing.Call;
import chat.chatto.http.routing.Query;
import chat.chatto.http.routing.Route;
import chat.chatto.http.routing.Routes;
import chat.chatto.http.routing.Verb;
import chat.chatto.http.wire.AccessJson;

import jakarta.inject.Inject;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Roles, who has them, what is allowed and denied, and why. */
public final class AccessRoutes implements Routes {

    private static final String ROLES = API + "/roles";
    private static final String ROLE = ROLES + "/{role}";
    private static final String MEMBER = ROLE + "/members/{user}";
    private static final Body SMALL = Body.json(16 * 1024);
    private static final int DEFAULT_MEMBERS = 50;
    private static final int LONGEST = 128;

    private static final Access MANAGING = Access.needing(Permission.ROLE_MANAGE);
    private static final Access ASSIGNING = Access.needing(Permission.ROLE_ASSIGN);
    private static final Access GRANTING =
            MANAGING.or(Access.needing(Permission.USER_MANAGE_PERMISSIONS));

    private final Roles roles;
    private final Grants grants;
    private final Accounts accounts;
    private final AccessJson json;

    @Inject
    public AccessRoutes(Roles roles, Grants grants, Accounts accounts, AccessJson json) {
        this.roles = roles;
        this.grants = grants;
        this.accounts = accounts;
        this.json = json;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of(Verb.GET, API + "/permissions", Access.SIGNED_IN, this::permissions),
                Route.of(Verb.GET, API + "/permissions/explain", Access.SIGNED_IN, this::explain),
                Route.of(Verb.GET, ROLES, Access.SIGNED_IN, this::list),
                new Route(Verb.POST, ROLES, MANAGING, SMALL, this::create),
                new Route(Verb.PATCH, ROLE, MANAGING, SMALL, this::change),
                Route.of(Verb.DELETE, ROLE, MANAGING, this::delete),
                Route.of(Verb.GET, ROLE + "/members", Access.SIGNED_IN, this::members),
                Route.of(Verb.PUT, MEMBER, ASSIGNING, this::assign),
                Route.of(Verb.DELETE, MEMBER, ASSIGNING, this::revoke),
                Route.of(Verb.GET, API + "/users/{user}/roles", Access.SIGNED_IN, this::rolesOf),
                Route.of(Verb.GET, API + "/grants", GRANTING, this::grants),
                new Route(Verb.PUT, API + "/grants", GRANTING, SMALL, this::set));
    }

    private Answer permissions(Call call) {
        return Answer.ok(AccessJson.permissions());
    }

    private Answer explain(Call call) {
        Query query = call.query();
        Optional<String> user = query.text("user", LONGEST);
        Optional<String> permission = query.text("permission", LONGEST);
        Optional<String> scope = query.text("scope", LONGEST);
        query.check();
        UserId person = user.map(AccessRoutes::user).orElse(call.user());
        Permission what = AccessJson.permission(permission.orElse(""));
        Scope where = AccessJson.scope(scope.orElse("server"));
        Grants.Explained explained = grants.explain(call.user(), person, what, where);
        return Answer.ok(json.explanation(person, what, where, explained));
    }

    private Answer list(Call call) {
        return Answer.ok(json.roles(roles.list()));
    }

    private Answer create(Call call) throws MalformedJsonException {
        Fields fields = call.fields();
        String id = fields.requiredText("id");
        NewRole role =
                new NewRole(
                        id,
                        fields.text("displayName").orElse(id),
                        fields.text("description").orElse(""),
                        fields.flag("pingable").orElse(false),
                        position(fields.whole("position", 0)).orElse(NewRole.LAST));
        fields.check();
        return Answer.created(json.role(roles.create(call.user(), role)));
    }

    private Answer change(Call call) throws MalformedJsonException {
        Fields fields = call.fields();
        OptionalInt position = position(fields.whole("position", 0));
        RoleChange change =
                new RoleChange(
                        fields.text("displayName"),
                        fields.text("description"),
                        fields.flag("pingable"),
                        position.isPresent() ? Optional.of(position.getAsInt()) : Optional.empty());
        fields.check();
        return Answer.ok(json.role(roles.change(call.user(), role(call), change)));
    }

    private Answer delete(Call call) {
        roles.delete(call.user(), role(call));
        return Answer.noContent();
    }

    private Answer members(Call call) {
        Query query = call.query();
        int limit = (int) query.whole("limit", 1, Roles.MEMBER_LIMIT).orElse(DEFAULT_MEMBERS);
        Optional<String> cursor = query.text("cursor", LONGEST);
        query.check();
        Slice<User> members = roles.members(role(call), limit, cursor);
        return Answer.ok(json.members(members));
    }

    private Answer assign(Call call) {
        roles.assign(call.user(), role(call), user(call.parameter(1)));
        return Answer.noContent();
    }

    private Answer revoke(Call call) {
        roles.revoke(call.user(), role(call), user(call.parameter(1)));
        return Answer.noContent();
    }

    private Answer rolesOf(Call call) {
        User user = accounts.require(user(call.parameter(0)));
        return Answer.ok(AccessJson.roleIds(roles.of(user.id())));
    }

    private Answer grants(Call call) {
        Query query = call.query();
        Optional<String> scope = query.text("scope", LONGEST);
        query.check();
        Scope where = AccessJson.scope(scope.orElse("server"));
        return Answer.ok(AccessJson.grants(where, grants.list(call.user(), where)));
    }

    private Answer set(Call call) throws MalformedJsonException {
        Fields fields = call.fields();
        String scope = fields.requiredText("scope");
        String subject = fields.requiredText("subject");
        String permission = fields.requiredText("permission");
        String effect = fields.requiredText("effect");
        fields.check();
        Scope where = AccessJson.scope(scope);
        Subject whom = AccessJson.subject(subject);
        Optional<Effect> what = AccessJson.effect(effect);
        grants.set(call.user(), where, whom, AccessJson.permission(permission), what);
        return Answer.noContent();
    }

    private static OptionalInt position(OptionalLong given) {
        // What is too large for a position stays too large.
        return given.isPresent()
                ? OptionalInt.of((int) Math.min(given.getAsLong(), Integer.MAX_VALUE))
                : OptionalInt.empty();
    }

    private static RoleId role(Call call) {
        String value = call.parameter(0);
        if (!RoleId.possible(value)) {
            throw ChattoException.notFound("There is no such role.");
        }
        return new RoleId(value);
    }

    private static UserId user(String value) {
        try {
            return new UserId(value);
        } catch (IllegalArgumentException e) {
            throw ChattoException.notFound("There is no such account.");
        }
    }
}
