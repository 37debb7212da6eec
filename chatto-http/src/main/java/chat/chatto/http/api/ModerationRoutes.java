package chat.chatto.http.api;

import static chat.chatto.http.api.Paths.API;

import chat.chatto.core.ChattoException;
import chat.chatto.core.Slice;
import chat.chatto.core.access.Permission;
import chat.chatto.core.account.UserId;
import chat.chatto.core.room.Ban;
import chat.chatto.core.room.Moderation;
import chat.chatto.core.room.Room;
import chat.chatto.http.json.Fields;
import chat.chatto.http.json.JsonOutput;
import chat.chatto.http.json.MalformedJsonException;
import chat.chatto.http.json.Name;
import chat.chatto.http.routing.Access;
import chat.chatto.http.routing.Answer;
import chat.chatto.http.routing.Body;
import chat.chatto.http.routing.Call;
import chat.chatto.http.routing.Query;
import chat.chatto.http.routing.Route;
import chat.chatto.http.routing.Routes;
import chat.chatto.http.routing.Verb;
import chat.chatto.http.wire.RoomJson;
import chat.chatto.http.wire.UserJson;

import jakarta.inject.Inject;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Who else belongs to a room, decided by others: adding, removing and banning people. */
public final class ModerationRoutes implements Routes {

    private static final Name BANS = Name.of("bans");
    private static final Name NEXT_CURSOR = Name.of("nextCursor");
    private static final Name USER = Name.of("user");
    private static final Name BANNED_BY = Name.of("bannedBy");
    private static final Name REASON = Name.of("reason");
    private static final Name BANNED_AT = Name.of("bannedAt");
    private static final Name EXPIRES_AT = Name.of("expiresAt");

    private static final String MEMBERS = API + "/rooms/{room}/members";
    private static final String ROOM_BANS = API + "/rooms/{room}/bans";
    private static final Body SMALL = Body.json(8 * 1024);
    private static final int LONGEST_CURSOR = 256;

    private static final Access MANAGING = Access.needing(Permission.ROOM_MANAGE);
    private static final Access BANNING = Access.needing(Permission.ROOM_BAN_MEMBER);

    private final Moderation moderation;
    private final RoomJson rooms;
    private final UserJson users;

    @Inject
    public ModerationRoutes(Moderation moderation, RoomJson rooms, UserJson users) {
        this.moderation = moderation;
        this.rooms = rooms;
        this.users = users;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route(Verb.POST, MEMBERS, MANAGING, SMALL, this::add),
                new Route(Verb.DELETE, MEMBERS + "/{user}", BANNING, SMALL, this::remove),
                Route.of(Verb.GET, ROOM_BANS, BANNING, this::bans),
                new Route(Verb.POST, ROOM_BANS, BANNING, SMALL, this::ban),
                Route.of(Verb.DELETE, ROOM_BANS + "/{user}", BANNING, this::unban));
    }

    private Answer add(Call call) throws MalformedJsonException {
        Fields fields = call.fields();
        UserId user = user(fields);
        fields.check();
        Room room = moderation.add(call.user(), Paths.room(call), user);
        return Answer.ok(rooms.room(room, call.user()));
    }

    private Answer remove(Call call) throws MalformedJsonException {
        String reason = "";
        if (call.hasBody()) {
            Fields fields = call.fields();
            reason = fields.text("reason").orElse("");
            fields.check();
        }
        moderation.remove(call.user(), Paths.room(call), Paths.user(call, 1), reason);
        return Answer.noContent();
    }

    private Answer bans(Call call) {
        Query query = call.query();
        int limit =
                (int) query.whole("limit", 1, Moderation.LIMIT).orElse(Moderation.DEFAULT_LIMIT);
        Optional<String> cursor = query.text("cursor", LONGEST_CURSOR);
        query.check();
        Slice<Ban> found = moderation.bans(call.user(), Paths.room(call), limit, cursor);
        JsonOutput bans = new JsonOutput(64 + 320 * found.items().size());
        bans.beginObject().name(BANS).beginArray();
        found.items().forEach(ban -> write(bans, ban));
        return Answer.ok(bans.endArray().optional(NEXT_CURSOR, found.nextCursor()).endObject());
    }

    private Answer ban(Call call) throws MalformedJsonException {
        Fields fields = call.fields();
        UserId user = user(fields);
        String reason = fields.text("reason").orElse("");
        Optional<Instant> expiresAt = fields.time("expiresAt");
        fields.check();
        Ban ban = moderation.ban(call.user(), Paths.room(call), user, reason, expiresAt);
        JsonOutput json = new JsonOutput(320);
        write(json, ban);
        return Answer.created(json);
    }

    private Answer unban(Call call) {
        moderation.unban(call.user(), Paths.room(call), Paths.user(call, 1));
        return Answer.noContent();
    }

    private void write(JsonOutput json, Ban ban) {
        users.writeAuthor(json.beginObject().name(USER), ban.user());
        users.writeAuthor(json.name(BANNED_BY), ban.bannedBy());
        json.field(REASON, ban.reason())
                .field(BANNED_AT, ban.bannedAt())
                .optionalTime(EXPIRES_AT, ban.expiresAt())
                .endObject();
    }

    private static UserId user(Fields fields) {
        String id = fields.requiredText("userId");
        try {
            return new UserId(id.isEmpty() ? "-" : id);
        } catch (IllegalArgumentException e) {
            throw ChattoException.invalid("userId", "is not the id of an account");
        }
    }
}
