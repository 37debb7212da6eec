package chat.chatto.http.api;

import static chat.chatto.http.api.Paths.API;

import chat.chatto.core.ChattoException;
import chat.chatto.core.search.Search;
import chat.chatto.core.search.SearchQuery;
import chat.chatto.core.search.SearchRequest;
import chat.chatto.http.routing.Access;
import chat.chatto.http.routing.Answer;
import chat.chatto.http.routing.Call;
import chat.chatto.http.routing.Query;
import chat.chatto.http.routing.Route;
import chat.chatto.http.routing.Routes;
import chat.chatto.http.routing.Verb;
import chat.chatto.http.wire.SearchJson;

import jakarta.inject.Inject;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Finds messages. */
public final class SearchRoutes implements Routes {

    private static final int LONGEST_CURSOR = 40;
    private static final int LONGEST_ID = 64;
    private static final int LONGEST_ZONE = 64;

    private final Search search;
    private final SearchJson results;

    @Inject
    public SearchRoutes(Search search, SearchJson results) {
        this.search = search;
        this.results = results;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.of(Verb.GET, API + "/search", Access.SIGNED_IN, this::find));
    }

    private Answer find(Call call) {
        Query query = call.query();
        String text = query.text("q", SearchQuery.CHARACTERS).orElse("");
        Optional<String> room = query.text("room", LONGEST_ID);
        Optional<String> zone = query.text("zone", LONGEST_ZONE);
        int limit = (int) query.whole("limit", 1, Search.LIMIT).orElse(Search.DEFAULT_LIMIT);
        Optional<String> cursor = query.text("cursor", LONGEST_CURSOR);
        query.check();
        var request =
                new SearchRequest(
                        text,
                        room.map(Paths::room),
                        zone.map(SearchRoutes::zone).orElse(ZoneOffset.UTC),
                        limit,
                        cursor);
        return Answer.ok(results.results(search.find(call.user(), request), call.user()));
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw ChattoException.invalid("zone", "must be a time zone such as Europe/Berlin");
        }
    }
}
