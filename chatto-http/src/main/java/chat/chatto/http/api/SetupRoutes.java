package chat.chatto.http.api;

import static chat.chatto.http.api.Paths.API;

import chat.chatto.core.account.OwnerClaim;
import chat.chatto.core.account.User;
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
import chat.chatto.http.wire.UserJson;

import jakarta.inject.Inject;

import java.util.List;

/** How a new server gets its owner. */
public final class SetupRoutes implements Routes {

    private static final Name USER = Name.of("user");

    private final OwnerClaim claim;
    private final UserJson users;

    @Inject
    public SetupRoutes(OwnerClaim claim, UserJson users) {
        this.claim = claim;
        this.users = users;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route(
                        Verb.POST,
                        API + "/setup/claim",
                        Access.needing(new Access.Need.Knowing("the operator's token")),
                        Body.json(4096),
                        this::claim));
    }

    private Answer claim(Call call) throws MalformedJsonException {
        Fields fields = call.fields();
        String token = fields.requiredText("token");
        fields.check();
        User owner = claim.claim(call.user(), token);
        JsonOutput json = new JsonOutput();
        json.beginObject().name(USER);
        users.write(json, owner);
        return Answer.ok(json.endObject());
    }
}
