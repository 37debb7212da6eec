package chat.chatto.http.api;

import static chat.chatto.http.api.Paths.API;

import chat.chatto.core.account.Accounts;
import chat.chatto.core.account.Registration;
import chat.chatto.core.account.Sessions;
import chat.chatto.core.account.User;
import chat.chatto.http.json.Fields;
import chat.chatto.http.json.JsonOutput;
import chat.chatto.http.json.MalformedJsonException;
import chat.chatto.http.json.Name;
import chat.chatto.http.routing.Access;
import chat.chatto.http.routing.Answer;
import chat.chatto.http.routing.Body;
import chat.chatto.http.routing.Call;
import chat.chatto.http.routing.Cookies;
import chat.chatto.http.routing.Route;
import chat.chatto.http.routing.Routes;
import chat.chatto.http.routing.Verb;
import chat.chatto.http.wire.UserJson;

import io.undertow.util.HttpString;
import io.undertow.util.StatusCodes;

import jakarta.inject.Inject;

import java.util.List;

/** Signing up, in and out. */
public final class AuthRoutes implements Routes {

    /** Browsers ask with it for cookies instead of a token that scripts could read. */
    private static final HttpString SESSION_MODE = HttpString.tryFromString("X-Chatto-Session");

    private static final Name TOKEN = Name.of("token");
    private static final Name USER = Name.of("user");
    private static final Body CREDENTIALS = Body.json(16 * 1024);

    private final Accounts accounts;
    private final Sessions sessions;
    private final Cookies cookies;
    private final UserJson users;

    @Inject
    public AuthRoutes(Accounts accounts, Sessions sessions, Cookies cookies, UserJson users) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.cookies = cookies;
        this.users = users;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route(
                        Verb.POST,
                        API + "/auth/register",
                        Access.PUBLIC,
                        CREDENTIALS,
                        this::register),
                new Route(Verb.POST, API + "/auth/login", Access.PUBLIC, CREDENTIALS, this::logIn),
                Route.of(Verb.POST, API + "/auth/logout", Access.SIGNED_IN, this::logOut));
    }

    private Answer register(Call call) throws MalformedJsonException {
        Fields fields = call.fields();
        Registration registration =
                new Registration(
                        fields.requiredText("login"),
                        fields.requiredText("password"),
                        fields.text("displayName"),
                        fields.text("email"),
                        fields.text("invite"));
        fields.check();
        User user = accounts.register(registration, call.address());
        return session(call, StatusCodes.CREATED, user);
    }

    private Answer logIn(Call call) throws MalformedJsonException {
        Fields fields = call.fields();
        String login = fields.requiredText("login");
        String password = fields.requiredText("password");
        fields.check();
        User user = accounts.logIn(login, password, call.address());
        return session(call, StatusCodes.OK, user);
    }

    private Answer logOut(Call call) {
        sessions.revoke(call.principal().token());
        Answer answer = Answer.noContent();
        return call.principal().byCookie() ? cookies.clear(answer) : answer;
    }

    private Answer session(Call call, int status, User user) {
        String token = sessions.issue(user.id());
        boolean byCookie = call.header(SESSION_MODE).filter("cookie"::equals).isPresent();
        JsonOutput json = new JsonOutput();
        json.beginObject();
        if (!byCookie) {
            json.field(TOKEN, token);
        }
        json.name(USER);
        users.write(json, user);
        Answer answer = Answer.json(status, json.endObject());
        return byCookie ? cookies.set(answer, token) : answer;
    }
}
