package chat.chatto.http.api;

import static chat.chatto.http.api.Paths.API;

import chat.chatto.core.CoreConfig;
import chat.chatto.core.RegistrationPolicy;
import chat.chatto.core.account.OwnerClaim;
import chat.chatto.core.asset.AssetConfig;
import chat.chatto.core.picture.ServerLogo;
import chat.chatto.core.push.Push;
import chat.chatto.core.timeline.NewMessage;
import chat.chatto.http.json.JsonOutput;
import chat.chatto.http.json.Name;
import chat.chatto.http.routing.Access;
import chat.chatto.http.routing.Answer;
import chat.chatto.http.routing.Call;
import chat.chatto.http.routing.Route;
import chat.chatto.http.routing.Routes;
import chat.chatto.http.routing.Verb;

import jakarta.inject.Inject;

import java.time.InstantSource;
import java.util.List;

/** What everybody may know of the server before signing in. */
public final class ServerRoutes implements Routes {

    private static final Name NAME = Name.of("name");
    private static final Name VERSION = Name.of("version");
    private static final Name TIME = Name.of("time");
    private static final Name REGISTRATION = Name.of("registration");
    private static final Name SETUP_REQUIRED = Name.of("setupRequired");
    private static final Name LIMITS = Name.of("limits");
    private static final Name FEATURES = Name.of("features");

    private static final List<String> ENABLED =
            List.of(
                    "threads",
                    "reactions",
                    "typing",
                    "realtime-resume",
                    "presence",
                    "drafts",
                    "saved-messages",
                    "status",
                    "custom-emoji",
                    "files",
                    "avatars",
                    "logo");

    private static final String SEARCH = "search";

    private final CoreConfig config;
    private final OwnerClaim claim;
    private final Push push;
    private final ServerLogo logo;
    private final Version version;
    private final InstantSource clock;

    @Inject
    public ServerRoutes(
            CoreConfig config,
            OwnerClaim claim,
            Push push,
            ServerLogo logo,
            Version version,
            InstantSource clock) {
        this.config = config;
        this.claim = claim;
        this.push = push;
        this.logo = logo;
        this.version = version;
        this.clock = clock;
    }

    /** The product's version as it calls itself. */
    public record Version(String value) {}

    @Override
    public List<Route> routes() {
        return List.of(Route.of(Verb.GET, API + "/server", Access.PUBLIC, this::server));
    }

    private Answer server(Call call) {
        JsonOutput json = new JsonOutput();
        json.beginObject()
                .field(NAME, config.serverName())
                .field(VERSION, version.value())
                .field(TIME, clock.instant())
                .field(REGISTRATION, registration(config.registration()))
                .field(SETUP_REQUIRED, claim.pendingToken().isPresent())
                .name(LIMITS);
        limits(json, config.assets());
        logo.version()
                .ifPresent(
                        picture ->
                                json.field(
                                        Name.of("logoUrl"), PictureRoutes.LOGO + "?v=" + picture));
        json.name(FEATURES).beginArray();
        ENABLED.forEach(json::value);
        if (config.search().enabled()) {
            json.value(SEARCH);
        }
        if (push.enabled()) {
            json.value("web-push");
        }
        return Answer.ok(json.endArray().endObject());
    }

    private static void limits(JsonOutput json, AssetConfig files) {
        json.beginObject()
                .field(Name.of("bodyCharacters"), NewMessage.BODY_CHARACTERS)
                .field(Name.of("roomNameCharacters"), 30)
                .field(Name.of("roomDescriptionBytes"), 2000)
                .field(Name.of("loginMinimum"), 2)
                .field(Name.of("loginMaximum"), 32)
                .field(Name.of("displayNameCharacters"), 32)
                .field(Name.of("passwordMinimum"), 8)
                .field(Name.of("passwordMaximum"), 128)
                .field(Name.of("historyPage"), MessageRoutes.LARGEST_LIMIT)
                .field(Name.of("editWindowSeconds"), 10_800)
                .field(Name.of("maxUploadBytes"), files.uploadBytes())
                .field(Name.of("maxVideoBytes"), files.largest())
                .field(Name.of("maxAttachments"), NewMessage.ATTACHMENTS)
                .endObject();
    }

    private static String registration(RegistrationPolicy policy) {
        return switch (policy) {
            case OPEN -> "open";
            case CLOSED -> "closed";
            case INVITE_ONLY -> "invite_only";
        };
    }
}
