package chat.chatto.http.api;

import static chat.chatto.http.api.Paths.API;

import chat.chatto.core.timeline.MessageAddress;
import chat.chatto.core.timeline.TimelineId;
import chat.chatto.core.timeline.Timelines;
import chat.chatto.http.json.JsonOutput;
import chat.chatto.http.json.Name;
import chat.chatto.http.routing.Access;
import chat.chatto.http.routing.Answer;
import chat.chatto.http.routing.Call;
import chat.chatto.http.routing.Route;
import chat.chatto.http.routing.Routes;
import chat.chatto.http.routing.Verb;

import jakarta.inject.Inject;

import java.util.List;

/** Following threads. */
public final class FollowRoutes implements Routes {

    private static final Name FOLLOWING = Name.of("following");
    private static final String PATH = API + "/rooms/{room}/threads/{root}/follow";

    private final Timelines timelines;

    @Inject
    public FollowRoutes(Timelines timelines) {
        this.timelines = timelines;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of(Verb.PUT, PATH, Access.MEMBER, call -> follow(call, true)),
                Route.of(Verb.DELETE, PATH, Access.MEMBER, call -> follow(call, false)));
    }

    private Answer follow(Call call, boolean following) {
        var root = new MessageAddress(TimelineId.main(Paths.room(call)), Paths.ordinal(call, 1));
        boolean now = timelines.follow(call.user(), root, following);
        return Answer.ok(new JsonOutput(32).beginObject().field(FOLLOWING, now).endObject());
    }
}
