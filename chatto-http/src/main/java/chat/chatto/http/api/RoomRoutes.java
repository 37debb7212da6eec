package chat.chatto.http.api;

import static chat.chatto.http.api.Paths.API;

import chat.chatto.core.ChattoException;
import chat.chatto.core.Slice;
import chat.chatto.core.access.Permission;
import chat.chatto.core.account.User;
import chat.chatto.core.presence.Typing;
import chat.chatto.core.readstate.ReadPositions;
import chat.chatto.core.room.GroupId;
import chat.chatto.core.room.NewRoom;
import chat.chatto.core.room.Room;
import chat.chatto.core.room.RoomChange;
import chat.chatto.core.room.RoomHeads;
import chat.chatto.core.room.RoomId;
import chat.chatto.core.room.RoomKind;
import chat.chatto.core.room.RoomQuery;
import chat.chatto.core.room.Rooms;
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

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Rooms, who belongs to them, and how far people have read. */
public final class RoomRoutes implements Routes {

    private static final Name MEMBERS = Name.of("members");
    private static final Name NEXT_CURSOR = Name.of("nextCursor");

    private static final String ROOMS = API + "/rooms";
    private static final String ROOM = ROOMS + "/{room}";
    private static final Access MANAGING = Access.needing(Permission.ROOM_MANAGE);
    private static final Access JOINING = Access.MEMBER.or(Access.needing(Permission.ROOM_JOIN));
    private static final Access SEEING =
            JOINING.or(Access.needing(Permission.ROOM_LIST)).or(MANAGING);

    private static final Body SMALL = Body.json(32 * 1024);
    private static final int DEFAULT_MEMBERS = 250;
    private static final int LARGEST_MEMBERS = 500;
    private static final int LONGEST_QUERY = 256;

    private final Rooms rooms;
    private final RoomHeads heads;
    private final ReadPositions positions;
    private final Typing typing;
    private final RoomJson json;
    private final UserJson users;

    @Inject
    public RoomRoutes(
            Rooms rooms,
            RoomHeads heads,
            ReadPositions positions,
            Typing typing,
            RoomJson json,
            UserJson users) {
        this.rooms = rooms;
        this.heads = heads;
        this.positions = positions;
        this.typing = typing;
        this.json = json;
        this.users = users;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of(Verb.GET, ROOMS, Access.SIGNED_IN, this::list),
                new Route(
                        Verb.POST,
                        ROOMS,
                        Access.needing(Permission.ROOM_CREATE),
                        SMALL,
                        this::create),
                Route.of(Verb.GET, ROOM, SEEING, this::get),
                new Route(Verb.PATCH, ROOM, MANAGING, SMALL, this::change),
                Route.of(Verb.POST, ROOM + "/join", JOINING, this::join),
                Route.of(Verb.POST, ROOM + "/leave", Access.SIGNED_IN, this::leave),
                Route.of(Verb.GET, ROOM + "/members", Access.MEMBER.or(MANAGING), this::members),
                new Route(Verb.PUT, ROOM + "/read", Access.MEMBER, SMALL, this::read),
                new Route(Verb.POST, ROOM + "/typing", Access.MEMBER, SMALL, this::typing));
    }

    private Answer list(Call call) {
        Query query = call.query();
        Optional<String> text = query.text("query", LONGEST_QUERY);
        Optional<Boolean> joined = query.flag("joined");
        int limit = (int) query.whole("limit", 1, RoomQuery.LIMIT).orElse(RoomQuery.DEFAULT_LIMIT);
        Optional<String> cursor = query.text("cursor", LONGEST_QUERY);
        Optional<RoomKind> kind = query.text("kind", LONGEST_QUERY).map(RoomRoutes::kind);
        Optional<GroupId> group =
                query.text("group", LONGEST_QUERY).map(value -> group("group", value));
        Optional<Boolean> archived = query.flag("archived");
        query.check();
        Slice<Room> found =
                rooms.list(
                        call.user(),
                        new RoomQuery(text, joined, kind, group, archived, limit, cursor));
        return Answer.ok(json.list(found.items(), found.nextCursor(), call.user()));
    }

    private Answer create(Call call) throws MalformedJsonException {
        Fields fields = call.fields();
        NewRoom room =
                new NewRoom(
                        fields.requiredText("name"),
                        fields.text("description").orElse(""),
                        fields.text("groupId").map(value -> group("groupId", value)),
                        fields.flag("private").orElse(false),
                        fields.flag("universal").orElse(false));
        fields.check();
        Room created = rooms.create(call.user(), room, MessageRoutes.idempotencyKey(call));
        return Answer.created(json.room(created, call.user()));
    }

    private Answer get(Call call) {
        return room(call, rooms.require(call.user(), Paths.room(call)));
    }

    private Answer change(Call call) throws MalformedJsonException {
        Fields fields = call.fields();
        var change =
                new RoomChange(
                        fields.text("name"),
                        fields.text("description"),
                        fields.flag("archived"),
                        fields.text("groupId").map(value -> group("groupId", value)),
                        small(fields.whole("position", 0)),
                        fields.flag("universal"),
                        fields.flag("private"),
                        small(fields.whole("slowModeSeconds", 0)).map(Duration::ofSeconds));
        fields.check();
        return room(call, rooms.change(call.user(), Paths.room(call), change));
    }

    private Answer join(Call call) {
        return room(call, rooms.join(call.user(), Paths.room(call)));
    }

    private Answer leave(Call call) {
        rooms.leave(call.user(), Paths.room(call));
        return Answer.noContent();
    }

    private Answer members(Call call) {
        Query query = call.query();
        String beginning = query.text("query", LONGEST_QUERY).orElse("");
        int limit = (int) query.whole("limit", 1, LARGEST_MEMBERS).orElse(DEFAULT_MEMBERS);
        Optional<String> cursor = query.text("cursor", LONGEST_QUERY);
        query.check();
        Slice<User> found = rooms.members(call.user(), Paths.room(call), beginning, limit, cursor);
        JsonOutput members = new JsonOutput(64 + 160 * found.items().size());
        members.beginObject().name(MEMBERS).beginArray();
        found.items().forEach(user -> users.write(members, user));
        return Answer.ok(members.endArray().optional(NEXT_CURSOR, found.nextCursor()).endObject());
    }

    private Answer read(Call call) throws MalformedJsonException {
        Fields fields = call.fields();
        long ordinal = fields.requiredWhole("ordinal", ReadPositions.NOTHING_READ);
        fields.check();
        RoomId room = Paths.room(call);
        rooms.checkRead(call.user(), room);
        long reached =
                positions.advance(call.user(), room, Math.min(ordinal, heads.head(room, ordinal)));
        return Answer.ok(json.readPosition(room, reached));
    }

    private Answer typing(Call call) throws MalformedJsonException {
        OptionalLong threadRoot = OptionalLong.empty();
        if (call.hasBody()) {
            Fields fields = call.fields();
            threadRoot = fields.whole("threadRoot", 0);
            fields.check();
        }
        typing.signal(call.user(), Paths.room(call), threadRoot);
        return Answer.noContent();
    }

    private static RoomKind kind(String text) {
        for (RoomKind kind : RoomKind.values()) {
            if (kind.text().equals(text)) {
                return kind;
            }
        }
        throw ChattoException.invalid("kind", "must be channel or dm");
    }

    private static GroupId group(String field, String id) {
        try {
            return new GroupId(id);
        } catch (IllegalArgumentException e) {
            throw ChattoException.invalid(field, "is not the id of a group of rooms");
        }
    }

    /** A number that is out of every bound anyway where it is no int. */
    private static Optional<Integer> small(OptionalLong whole) {
        return whole.isPresent()
                ? Optional.of((int) Math.min(Integer.MAX_VALUE, whole.getAsLong()))
                : Optional.empty();
    }

    private Answer room(Call call, Room room) {
        return Answer.ok(json.room(room, call.user()));
    }
}
