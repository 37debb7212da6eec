package chat.chatto.http.api;

import static chat.chatto.http.api.Paths.API;

import chat.chatto.core.ChattoException;
import chat.chatto.core.Slice;
import chat.chatto.core.account.Status;
import chat.chatto.core.personal.Draft;
import chat.chatto.core.personal.Drafts;
import chat.chatto.core.personal.SavedMessages;
import chat.chatto.core.personal.Statuses;
import chat.chatto.core.readstate.ReadPositions;
import chat.chatto.core.room.RoomAccess;
import chat.chatto.core.room.RoomId;
import chat.chatto.core.timeline.Message;
import chat.chatto.core.timeline.MessageAddress;
import chat.chatto.core.timeline.TimelineId;
import chat.chatto.http.json.Fields;
import chat.chatto.http.json.JsonOutput;
import chat.chatto.http.json.MalformedJsonException;
import chat.chatto.http.routing.Access;
import chat.chatto.http.routing.Answer;
import chat.chatto.http.routing.Body;
import chat.chatto.http.routing.Call;
import chat.chatto.http.routing.Query;
import chat.chatto.http.routing.Route;
import chat.chatto.http.routing.Routes;
import chat.chatto.http.routing.Verb;
import chat.chatto.http.wire.MessageJson;
import chat.chatto.http.wire.PersonalJson;
import chat.chatto.http.wire.RoomJson;
import chat.chatto.http.wire.UserJson;

import jakarta.inject.Inject;

import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/** What belongs to the caller alone: drafts, saved messages, their status, and what they have not read. */
public final class PersonalRoutes implements Routes {

    private static final String DRAFT = API + "/rooms/{room}/draft";
    private static final String SAVED = "/messages/{ordinal}/saved";
    private static final String ROOM = API + "/rooms/{room}";
    private static final String THREAD = API + "/rooms/{room}/threads/{root}";
    private static final int DEFAULT_LIMIT = 50;
    private static final int LONGEST_CURSOR = 64;
    private static final int LONGEST_TIME = 40;

    private final Drafts drafts;
    private final SavedMessages saved;
    private final Statuses statuses;
    private final ReadPositions positions;
    private final RoomAccess access;
    private final InstantSource clock;
    private final MessageJson messages;
    private final RoomJson rooms;
    private final UserJson users;

    @Inject
    public PersonalRoutes(
            Drafts drafts,
            SavedMessages saved,
            Statuses statuses,
            ReadPositions positions,
            RoomAccess access,
            InstantSource clock,
            MessageJson messages,
            RoomJson rooms,
            UserJson users) {
        this.drafts = drafts;
        this.saved = saved;
        this.statuses = statuses;
        this.positions = positions;
        this.access = access;
        this.clock = clock;
        this.messages = messages;
        this.rooms = rooms;
        this.users = users;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of(Verb.GET, API + "/me/drafts", Access.SIGNED_IN, this::drafts),
                new Route(Verb.PUT, DRAFT, Access.MEMBER, MessageRoutes.MESSAGE, this::keep),
                Route.of(Verb.DELETE, DRAFT, Access.SIGNED_IN, this::discard),
                Route.of(Verb.GET, API + "/me/saved", Access.SIGNED_IN, this::saved),
                Route.of(Verb.GET, API + "/me/saved/ids", Access.SIGNED_IN, this::savedIds),
                Route.of(Verb.PUT, ROOM + SAVED, Access.MEMBER, call -> save(call, main(call))),
                Route.of(
                        Verb.DELETE,
                        ROOM + SAVED,
                        Access.SIGNED_IN,
                        call -> forget(call, main(call))),
                Route.of(Verb.PUT, THREAD + SAVED, Access.MEMBER, call -> save(call, reply(call))),
                Route.of(
                        Verb.DELETE,
                        THREAD + SAVED,
                        Access.SIGNED_IN,
                        call -> forget(call, reply(call))),
                new Route(
                        Verb.POST, ROOM + "/unread", Access.MEMBER, Body.json(1024), this::unread),
                new Route(
                        Verb.PUT,
                        API + "/me/status",
                        Access.SIGNED_IN,
                        Body.json(4 * 1024),
                        this::tell),
                Route.of(Verb.DELETE, API + "/me/status", Access.SIGNED_IN, this::tellNothing));
    }

    private Answer drafts(Call call) {
        return Answer.ok(PersonalJson.drafts(drafts.all(call.user())));
    }

    private Answer keep(Call call) throws MalformedJsonException {
        TimelineId timeline = line(call);
        Fields fields = call.fields();
        var draft =
                new Draft(
                        timeline,
                        fields.requiredText("body"),
                        fields.whole("replyTo", 0),
                        fields.time("updatedAt").orElseGet(clock::instant));
        fields.check();
        return Answer.ok(PersonalJson.draft(drafts.keep(call.user(), draft)));
    }

    private Answer discard(Call call) {
        TimelineId timeline = line(call);
        Optional<String> at = call.query().text("updatedAt", LONGEST_TIME);
        Instant time = at.map(PersonalRoutes::time).orElseGet(clock::instant);
        return Answer.ok(PersonalJson.draft(drafts.remove(call.user(), timeline, time)));
    }

    private Answer saved(Call call) {
        Query query = call.query();
        int limit = (int) query.whole("limit", 1, SavedMessages.LIMIT).orElse(DEFAULT_LIMIT);
        Optional<String> cursor = query.text("cursor", LONGEST_CURSOR);
        query.check();
        Slice<Message> page = saved.page(call.user(), limit, cursor);
        return Answer.ok(messages.list(page, call.user()));
    }

    private Answer savedIds(Call call) {
        return Answer.ok(PersonalJson.savedIds(saved.all(call.user())));
    }

    private Answer save(Call call, MessageAddress message) {
        saved.save(call.user(), message);
        return Answer.noContent();
    }

    private Answer forget(Call call, MessageAddress message) {
        saved.remove(call.user(), message);
        return Answer.noContent();
    }

    private Answer unread(Call call) throws MalformedJsonException {
        Fields fields = call.fields();
        long ordinal = fields.requiredWhole("ordinal", 0);
        fields.check();
        RoomId room = Paths.room(call);
        access.checkRead(call.user(), room);
        return Answer.ok(rooms.readPosition(room, positions.retreat(call.user(), room, ordinal)));
    }

    private Answer tell(Call call) throws MalformedJsonException {
        Fields fields = call.fields();
        var status =
                new Status(
                        fields.text("emoji").orElse(""),
                        fields.text("text").orElse(""),
                        fields.time("expiresAt"));
        fields.check();
        JsonOutput json = new JsonOutput();
        users.write(json, statuses.tell(call.user(), status));
        return Answer.ok(json);
    }

    private Answer tellNothing(Call call) {
        statuses.clear(call.user());
        return Answer.noContent();
    }

    /** The line that path and query name. */
    private static TimelineId line(Call call) {
        Query query = call.query();
        var timeline =
                new TimelineId(Paths.room(call), query.whole("threadRoot", 0, Long.MAX_VALUE));
        query.check();
        return timeline;
    }

    private static MessageAddress main(Call call) {
        return new MessageAddress(TimelineId.main(Paths.room(call)), Paths.ordinal(call, 1));
    }

    private static MessageAddress reply(Call call) {
        return new MessageAddress(
                TimelineId.thread(Paths.room(call), Paths.ordinal(call, 1)),
                Paths.ordinal(call, 2));
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw ChattoException.invalid(
                    "updatedAt", "must be a time such as 2026-01-31T12:00:00Z");
        }
    }
}
