package chat.chatto.http.api;

import chat.chatto.core.search.Search;
import chat.chatto.http.health.Readiness;
import chat.chatto.http.json.JsonOutput;
import chat.chatto.http.json.Name;
import chat.chatto.http.routing.Access;
import chat.chatto.http.routing.Answer;
import chat.chatto.http.routing.Call;
import chat.chatto.http.routing.Route;
import chat.chatto.http.routing.Routes;
import chat.chatto.http.routing.Verb;
import chat.chatto.http.wire.SearchJson;

import io.undertow.util.StatusCodes;

import jakarta.inject.Inject;

import java.util.List;
import java.util.Optional;

/** What load balancers and process managers ask. */
public final class HealthRoutes implements Routes {

    private static final Name STATUS = Name.of("status");
    private static final Name REASON = Name.of("reason");
    private static final Name SEARCH = Name.of("search");

    private final Readiness readiness;
    private final Search search;

    @Inject
    public HealthRoutes(Readiness readiness, Search search) {
        this.readiness = readiness;
        this.search = search;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of(Verb.GET, "/healthz", Access.PUBLIC, this::health),
                Route.of(Verb.GET, "/readyz", Access.PUBLIC, this::ready));
    }

    private Answer health(Call call) {
        Optional<String> reason = readiness.unhealthy();
        return answer(begin("ok", "unhealthy", reason), reason);
    }

    private Answer ready(Call call) {
        Optional<String> reason = readiness.unready();
        JsonOutput json = begin("ready", "not ready", reason);
        if (search.enabled()) {
            SearchJson.state(json.name(SEARCH), search.state());
        }
        return answer(json, reason);
    }

    private static JsonOutput begin(String good, String bad, Optional<String> reason) {
        return new JsonOutput(128)
                .beginObject()
                .field(STATUS, reason.isEmpty() ? good : bad)
                .optional(REASON, reason);
    }

    private static Answer answer(JsonOutput json, Optional<String> reason) {
        return Answer.json(
                reason.isEmpty() ? StatusCodes.OK : StatusCodes.SERVICE_UNAVAILABLE,
                json.endObject());
    }
}
