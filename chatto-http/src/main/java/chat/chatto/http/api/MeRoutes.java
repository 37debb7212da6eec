package chat.chatto.http.api;

import static chat.chatto.http.api.Paths.API;

import chat.chatto.core.access.Permissions;
import chat.chatto.core.account.Accounts;
import chat.chatto.core.account.ProfileChange;
import chat.chatto.core.account.User;
import chat.chatto.core.personal.Preferences;
import chat.chatto.core.personal.PreferencesChange;
import chat.chatto.core.personal.PreferencesStore;
import chat.chatto.core.presence.Presence;
import chat.chatto.http.health.Health;
import chat.chatto.http.json.Fields;
import chat.chatto.http.json.JsonOutput;
import chat.chatto.http.json.MalformedJsonException;
import chat.chatto.http.json.Name;
import chat.chatto.http.routing.Access;
import chat.chatto.http.routing.Answer;
import chat.chatto.http.routing.Body;
import chat.chatto.http.routing.Call;
import chat.chatto.http.routing.Route;
import chat.chatto.http.routing.Routes;
import chat.chatto.http.routing.Verb;
import chat.chatto.http.wire.PersonalJson;
import chat.chatto.http.wire.PresenceJson;
import chat.chatto.http.wire.UserJson;

import jakarta.inject.Inject;

import java.util.List;

/** The caller's own account. */
public final class MeRoutes implements Routes {

    private static final Name USER = Name.of("user");
    private static final Name PERMISSIONS = Name.of("permissions");
    private static final Name PREFERENCES = Name.of("preferences");
    private static final Name PRESENCE = Name.of("presence");

    private final Accounts accounts;
    private final Permissions permissions;
    private final Presence presence;
    private final PreferencesStore preferences;
    private final UserJson users;
    private final Health health;

    @Inject
    public MeRoutes(
            Accounts accounts,
            Permissions permissions,
            Presence presence,
            PreferencesStore preferences,
            UserJson users,
            Health health) {
        this.accounts = accounts;
        this.permissions = permissions;
        this.presence = presence;
        this.preferences = preferences;
        this.users = users;
        this.health = health;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of(Verb.GET, API + "/me", Access.SIGNED_IN, this::me),
                new Route(
                        Verb.PATCH,
                        API + "/me",
                        Access.SIGNED_IN,
                        Body.json(16 * 1024),
                        this::change));
    }

    private Answer me(Call call) {
        User user = accounts.require(call.user());
        JsonOutput json = new JsonOutput();
        json.beginObject().name(USER);
        users.write(json, user);
        json.name(PERMISSIONS).beginArray();
        permissions.of(user.id()).forEach(permission -> json.value(permission.text()));
        json.endArray();
        // Preferences are not in memory: who signs in while storage is away does without them.
        boolean stale = health.stale();
        PersonalJson.write(
                json.name(PREFERENCES), stale ? Preferences.NONE : preferences.of(user.id()));
        PresenceJson.writeOwn(json.name(PRESENCE), presence, user.id());
        return MessageRoutes.marked(stale, Answer.ok(json.endObject()));
    }

    private Answer change(Call call) throws MalformedJsonException {
        Fields fields = call.fields();
        var change = new ProfileChange(fields.text("displayName"));
        PreferencesChange preferred = PersonalJson.preferencesChange(fields.object("preferences"));
        fields.check();
        JsonOutput json = new JsonOutput();
        users.write(json, accounts.changeProfile(call.user(), change));
        if (!preferred.isEmpty()) {
            preferences.change(call.user(), preferred);
        }
        return Answer.ok(json);
    }
}
