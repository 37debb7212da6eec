package chat.chatto.http.api;

import static chat.chatto.http.api.Paths.API;

import chat.chatto.core.timeline.Timelines;
import chat.chatto.http.routing.Access;
import chat.chatto.http.routing.Answer;
import chat.chatto.http.routing.Call;
import chat.chatto.http.routing.Query;
import chat.chatto.http.routing.Route;
import chat.chatto.http.routing.Routes;
import chat.chatto.http.routing.Verb;
import chat.chatto.http.wire.MessageJson;

import jakarta.inject.Inject;

import java.util.List;
import java.util.Optional;

/** What is pinned in a room. */
public final class PinRoutes implements Routes {

    private static final int DEFAULT_LIMIT = 50;
    private static final int LONGEST_CURSOR = 64;

    private final Timelines timelines;
    private final MessageJson messages;

    @Inject
    public PinRoutes(Timelines timelines, MessageJson messages) {
        this.timelines = timelines;
        this.messages = messages;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.of(Verb.GET, API + "/rooms/{room}/pins", Access.MEMBER, this::list));
    }

    private Answer list(Call call) {
        Query query = call.query();
        int limit = (int) query.whole("limit", 1, Timelines.PAGE_LIMIT).orElse(DEFAULT_LIMIT);
        Optional<String> cursor = query.text("cursor", LONGEST_CURSOR);
        query.check();
        return Answer.ok(
                messages.list(
                        timelines.pins(call.user(), Paths.room(call), limit, cursor), call.user()));
    }
}
