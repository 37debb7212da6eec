package chat.chatto.http.api;

import static chat.chatto.http.api.Paths.API;

import chat.chatto.core.Slice;
import chat.chatto.core.account.Accounts;
import chat.chatto.core.account.People;
import chat.chatto.core.account.User;
import chat.chatto.http.json.JsonOutput;
import chat.chatto.http.json.Name;
import chat.chatto.http.routing.Access;
import chat.chatto.http.routing.Answer;
import chat.chatto.http.routing.Call;
import chat.chatto.http.routing.Query;
import chat.chatto.http.routing.Route;
import chat.chatto.http.routing.Routes;
import chat.chatto.http.routing.Verb;
import chat.chatto.http.wire.UserJson;

import jakarta.inject.Inject;

import java.util.List;
import java.util.Optional;

/** Who has an account. */
public final class PeopleRoutes implements Routes {

    private static final Name USERS = Name.of("users");
    private static final Name NEXT_CURSOR = Name.of("nextCursor");

    private static final int LONGEST_QUERY = 256;

    private final People people;
    private final Accounts accounts;
    private final UserJson json;

    @Inject
    public PeopleRoutes(People people, Accounts accounts, UserJson json) {
        this.people = people;
        this.accounts = accounts;
        this.json = json;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of(Verb.GET, API + "/users", Access.SIGNED_IN, this::list),
                Route.of(Verb.GET, API + "/users/{user}", Access.SIGNED_IN, this::get));
    }

    private Answer list(Call call) {
        Query query = call.query();
        String beginning = query.text("query", LONGEST_QUERY).orElse("");
        int limit = (int) query.whole("limit", 1, People.LIMIT).orElse(People.DEFAULT_LIMIT);
        Optional<String> cursor = query.text("cursor", LONGEST_QUERY);
        query.check();
        Slice<User> found = people.find(beginning, limit, cursor);
        JsonOutput users = new JsonOutput(64 + 160 * found.items().size());
        users.beginObject().name(USERS).beginArray();
        found.items().forEach(user -> json.write(users, user));
        return Answer.ok(users.endArray().optional(NEXT_CURSOR, found.nextCursor()).endObject());
    }

    private Answer get(Call call) {
        JsonOutput user = new JsonOutput(256);
        json.write(user, accounts.require(Paths.user(call, 0)));
        return Answer.ok(user);
    }
}
