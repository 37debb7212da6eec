package chat.chatto.http.api;

import static chat.chatto.http.api.Paths.API;

import chat.chatto.core.access.Permission;
import chat.chatto.core.emoji.CustomEmoji;
import chat.chatto.http.json.Fields;
import chat.chatto.http.json.MalformedJsonException;
import chat.chatto.http.routing.Access;
import chat.chatto.http.routing.Answer;
import chat.chatto.http.routing.Body;
import chat.chatto.http.routing.Call;
import chat.chatto.http.routing.Query;
import chat.chatto.http.routing.Route;
import chat.chatto.http.routing.Routes;
import chat.chatto.http.routing.Verb;
import chat.chatto.http.wire.EmojiJson;

import jakarta.inject.Inject;

import java.util.List;
import java.util.Optional;

/** The emoji that people added to this server, and their pictures. */
public final class EmojiRoutes implements Routes {

    private static final String ALL = API + "/emoji";
    private static final String ONE = ALL + "/{name}";
    private static final int LONGEST_TEXT = 64;

    private static final Access MANAGING = Access.needing(Permission.SERVER_MANAGE);

    private final CustomEmoji emoji;
    private final EmojiJson json;

    @Inject
    public EmojiRoutes(CustomEmoji emoji, EmojiJson json) {
        this.emoji = emoji;
        this.json = json;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of(Verb.GET, ALL, Access.SIGNED_IN, this::list),
                new Route(Verb.POST, ALL, MANAGING, Body.bytes(CustomEmoji.IMAGE_BYTES), this::add),
                new Route(Verb.PATCH, ONE, MANAGING, Body.json(1024), this::rename),
                Route.of(Verb.DELETE, ONE, MANAGING, this::remove),
                Route.of(Verb.GET, ONE + "/image", Access.SIGNED_IN, this::image));
    }

    private Answer list(Call call) {
        return Answer.ok(json.list(emoji.all()));
    }

    private Answer add(Call call) {
        Query query = call.query();
        Optional<String> name = query.text("name", LONGEST_TEXT);
        query.check();
        return Answer.created(json.one(emoji.add(call.user(), name.orElse(""), call.bytes())));
    }

    private Answer rename(Call call) throws MalformedJsonException {
        Fields fields = call.fields();
        String name = fields.requiredText("name");
        fields.check();
        return Answer.ok(json.one(emoji.rename(call.user(), call.parameter(0), name)));
    }

    private Answer remove(Call call) {
        emoji.remove(call.user(), call.parameter(0));
        return Answer.noContent();
    }

    /** Only the address with the right version always shows the same picture. */
    private Answer image(Call call) {
        CustomEmoji.Picture picture = emoji.picture(call.parameter(0));
        Query query = call.query();
        Optional<String> version = query.text("v", LONGEST_TEXT);
        query.check();
        boolean lasting = version.filter(picture.version()::equals).isPresent();
        return Answer.picture(picture.mediaType(), picture.content(), lasting);
    }
}
