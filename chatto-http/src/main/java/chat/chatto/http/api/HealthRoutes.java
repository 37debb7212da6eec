package chat.chatto.http.api;

import chat.chatto.http.health.Readiness;
import chat.chatto.http.json.JsonOutput;
import chat.chatto.http.json.Name;
import chat.chatto.http.routing.Access;
import chat.chatto.http.routing.Answer;
import chat.chatto.http.routing.Call;
import chat.chatto.http.routing.Route;
import chat.chatto.http.routing.Routes;
import chat.chatto.http.routing.Verb;

import io.undertow.util.StatusCodes;

import jakarta.inject.Inject;

import java.util.List;
import java.util.Optional;

/** What load balancers and process managers ask. */
public final class HealthRoutes implements Routes {

    private static final Name STATUS = Name.of("status");
    private static final Name REASON = Name.of("reason");

    private final Readiness readiness;

    @Inject
    public HealthRoutes(Readiness readiness) {
        this.readiness = readiness;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of(Verb.GET, "/healthz", Access.PUBLIC, this::health),
                Route.of(Verb.GET, "/readyz", Access.PUBLIC, this::ready));
    }

    private Answer health(Call call) {
        return answer("ok", "unhealthy", readiness.unhealthy());
    }

    private Answer ready(Call call) {
        return answer("ready", "not ready", readiness.unready());
    }

    private static Answer answer(String good, String bad, Optional<String> reason) {
        JsonOutput json = new JsonOutput(128);
        json.beginObject()
                .field(STATUS, reason.isEmpty() ? good : bad)
                .optional(REASON, reason)
                .endObject();
        return Answer.json(
                reason.isEmpty() ? StatusCodes.OK : StatusCodes.SERVICE_UNAVAILABLE, json);
    }
}
