package chat.chatto.http.api;

import static chat.chatto.http.api.Paths.API;

import chat.chatto.core.access.Permission;
import chat.chatto.core.account.User;
import chat.chatto.core.asset.Portraits;
import chat.chatto.core.picture.Avatars;
import chat.chatto.core.picture.Picture;
import chat.chatto.core.picture.ServerLogo;
import chat.chatto.http.json.JsonOutput;
import chat.chatto.http.routing.Access;
import chat.chatto.http.routing.Answer;
import chat.chatto.http.routing.Body;
import chat.chatto.http.routing.Call;
import chat.chatto.http.routing.Query;
import chat.chatto.http.routing.Route;
import chat.chatto.http.routing.Routes;
import chat.chatto.http.routing.Verb;
import chat.chatto.http.wire.UserJson;

import jakarta.inject.Inject;

import java.util.List;
import java.util.Optional;

/** The pictures of people and of the server. */
public final class PictureRoutes implements Routes {

    /** Where the server's picture is. */
    static final String LOGO = API + "/server/logo";

    private static final String MINE = API + "/me/avatar";
    private static final int LONGEST_VERSION = 64;
    private static final Access MANAGING = Access.needing(Permission.SERVER_MANAGE);

    private final Avatars avatars;
    private final ServerLogo logo;
    private final UserJson users;

    @Inject
    public PictureRoutes(Avatars avatars, ServerLogo logo, UserJson users) {
        this.avatars = avatars;
        this.logo = logo;
        this.users = users;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route(
                        Verb.PUT,
                        MINE,
                        Access.SIGNED_IN,
                        Body.large(Portraits.BYTES),
                        call -> user(avatars.change(call.user(), call.bytes()))),
                Route.of(
                        Verb.DELETE,
                        MINE,
                        Access.SIGNED_IN,
                        call -> user(avatars.remove(call.user()))),
                Route.of(
                        Verb.GET,
                        API + "/people/{user}/avatar",
                        Access.SIGNED_IN,
                        call -> picture(call, avatars.picture(Paths.user(call, 0)))),
                new Route(Verb.PUT, LOGO, MANAGING, Body.large(Portraits.BYTES), this::changeLogo),
                Route.of(Verb.DELETE, LOGO, MANAGING, this::removeLogo),
                Route.of(Verb.GET, LOGO, Access.PUBLIC, call -> picture(call, logo.picture())));
    }

    private Answer user(User user) {
        JsonOutput json = new JsonOutput();
        users.write(json, user);
        return Answer.ok(json);
    }

    private Answer changeLogo(Call call) {
        logo.change(call.user(), call.bytes());
        return Answer.noContent();
    }

    private Answer removeLogo(Call call) {
        logo.remove(call.user());
        return Answer.noContent();
    }

    /** Only the address with the right version always shows the same picture. */
    private static Answer picture(Call call, Picture picture) {
        Query query = call.query();
        Optional<String> version = query.text("v", LONGEST_VERSION);
        query.check();
        boolean lasting = version.filter(picture.version()::equals).isPresent();
        return Answer.picture(Portraits.MEDIA_TYPE, picture.content(), lasting);
    }
}
