package chat.chatto.http.api;

import static chat.chatto.http.api.Paths.API;

import chat.chatto.core.presence.Presence;
import chat.chatto.core.presence.PresenceChoice;
import chat.chatto.http.json.Fields;
import chat.chatto.http.json.JsonOutput;
import chat.chatto.http.json.MalformedJsonException;
import chat.chatto.http.routing.Access;
import chat.chatto.http.routing.Answer;
import chat.chatto.http.routing.Body;
import chat.chatto.http.routing.Call;
import chat.chatto.http.routing.Query;
import chat.chatto.http.routing.Route;
import chat.chatto.http.routing.Routes;
import chat.chatto.http.routing.Verb;
import chat.chatto.http.wire.PresenceJson;

import jakarta.inject.Inject;

import java.util.List;
import java.util.Optional;

/** Who is there, and what the caller wants to be shown as. */
public final class PresenceRoutes implements Routes {

    private static final int DEFAULT_LIMIT = 500;
    private static final int LONGEST_CURSOR = 256;

    private final Presence presence;

    @Inject
    public PresenceRoutes(Presence presence) {
        this.presence = presence;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of(Verb.GET, API + "/presence", Access.SIGNED_IN, this::list),
                new Route(
                        Verb.PUT,
                        API + "/me/presence",
                        Access.SIGNED_IN,
                        Body.json(1024),
                        this::choose));
    }

    private Answer list(Call call) {
        Query query = call.query();
        int limit = (int) query.whole("limit", 1, Presence.LIMIT).orElse(DEFAULT_LIMIT);
        Optional<String> cursor = query.text("cursor", LONGEST_CURSOR);
        query.check();
        return Answer.ok(PresenceJson.list(presence.present(limit, cursor)));
    }

    private Answer choose(Call call) throws MalformedJsonException {
        Fields fields = call.fields();
        String state = fields.requiredText("state");
        fields.check();
        PresenceChoice choice = PresenceJson.choice(state);
        presence.choose(call.user(), choice);
        JsonOutput json = new JsonOutput(64);
        PresenceJson.writeOwn(json, presence, call.user());
        return Answer.ok(json);
    }
}
