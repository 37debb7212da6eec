package chat.chatto.http.api;

import static chat.chatto.http.api.Paths.API;

import chat.chatto.core.ChattoException;
import chat.chatto.core.IdempotencyKey;
import chat.chatto.core.access.Permission;
import chat.chatto.core.asset.AssetId;
import chat.chatto.core.timeline.Edited;
import chat.chatto.core.timeline.Message;
import chat.chatto.core.timeline.MessageAddress;
import chat.chatto.core.timeline.MessagePage;
import chat.chatto.core.timeline.NewMessage;
import chat.chatto.core.timeline.Position;
import chat.chatto.core.timeline.Posted;
import chat.chatto.core.timeline.TimelineId;
import chat.chatto.core.timeline.Timelines;
import chat.chatto.http.health.Health;
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
import chat.chatto.http.wire.MessageJson;

import io.undertow.util.HttpString;
import io.undertow.util.StatusCodes;

import jakarta.inject.Inject;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** Posting, reading and changing messages, of rooms and of threads. */
public final class MessageRoutes implements Routes {

    static final HttpString IDEMPOTENCY_KEY = HttpString.tryFromString("Idempotency-Key");

    private static final HttpString STALE = HttpString.tryFromString("Chatto-Stale");

    /** Room for the longest body even when every character is sent as two escapes. */
    static final Body MESSAGE = Body.json(160 * 1024);

    private static final String ROOM = API + "/rooms/{room}/messages";
    private static final String THREAD = API + "/rooms/{room}/threads/{root}/messages";
    private static final Access AUTHOR =
            Access.needing(new Access.Need.Belonging(), new Access.Need.Authorship());

    private static final Access POSTING =
            Access.member(Permission.MESSAGE_POST)
                    .withField("threadRoot", Access.member(Permission.MESSAGE_POST_IN_THREAD))
                    .withField(
                            "alsoToRoom",
                            Access.member(
                                    Permission.MESSAGE_POST_IN_THREAD, Permission.MESSAGE_ECHO));

    private static final int DEFAULT_LIMIT = 50;
    static final int LARGEST_LIMIT = 100;
    private static final int LONGEST_EMOJI = 64;
    private static final int LONGEST_CURSOR = 64;

    private final Timelines timelines;
    private final MessageJson messages;
    private final Health health;

    @Inject
    public MessageRoutes(Timelines timelines, MessageJson messages, Health health) {
        this.timelines = timelines;
        this.messages = messages;
        this.health = health;
    }

    @Override
    public List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        routes.add(new Route(Verb.POST, ROOM, POSTING, MESSAGE, this::post));
        routes.addAll(line(ROOM, 1, call -> TimelineId.main(Paths.room(call))));
        routes.addAll(
                line(
                        THREAD,
                        2,
                        call -> TimelineId.thread(Paths.room(call), Paths.ordinal(call, 1))));
        return routes;
    }

    /**
     * The same calls serve a room's main line and its threads.
     *
     * @param ordinal which of the path's parameters is the message's ordinal
     */
    private List<Route> line(String path, int ordinal, Function<Call, TimelineId> timeline) {
        String message = path + "/{ordinal}";
        String reaction = message + "/reactions/{emoji}";
        Function<Call, MessageAddress> address =
                call -> new MessageAddress(timeline.apply(call), Paths.ordinal(call, ordinal));
        return List.of(
                Route.of(Verb.GET, path, Access.MEMBER, call -> page(call, timeline.apply(call))),
                Route.of(
                        Verb.GET,
                        message,
                        Access.MEMBER,
                        call -> message(call, address.apply(call))),
                new Route(
                        Verb.PATCH,
                        message,
                        AUTHOR,
                        MESSAGE,
                        call -> edit(call, address.apply(call))),
                Route.of(
                        Verb.DELETE,
                        message,
                        AUTHOR.or(Access.member(Permission.MESSAGE_MANAGE)),
                        call -> delete(call, address.apply(call))),
                Route.of(
                        Verb.DELETE,
                        message + "/attachments/{attachment}",
                        AUTHOR.or(Access.member(Permission.MESSAGE_MANAGE)),
                        call -> detach(call, address.apply(call), ordinal + 1)),
                Route.of(
                        Verb.PUT,
                        reaction,
                        Access.member(Permission.MESSAGE_REACT),
                        call -> react(call, address.apply(call), ordinal + 1, true)),
                Route.of(
                        Verb.DELETE,
                        reaction,
                        Access.MEMBER,
                        call -> react(call, address.apply(call), ordinal + 1, false)),
                Route.of(
                        Verb.GET,
                        message + "/reactions",
                        Access.MEMBER,
                        call -> reactions(call, address.apply(call))),
                Route.of(
                        Verb.PUT,
                        message + "/pin",
                        Access.member(Permission.ROOM_MANAGE),
                        call -> pin(call, address.apply(call), true)),
                Route.of(
                        Verb.DELETE,
                        message + "/pin",
                        Access.member(Permission.ROOM_MANAGE),
                        call -> pin(call, address.apply(call), false)));
    }

    private Answer post(Call call) throws MalformedJsonException {
        Fields fields = call.fields();
        Optional<Fields> forward = fields.object("forward");
        List<AssetId> attachments =
                fields.texts("attachments", NewMessage.ATTACHMENTS).stream()
                        .map(Paths::file)
                        .toList();
        NewMessage message =
                new NewMessage(
                        forward.isPresent() || !attachments.isEmpty()
                                ? fields.text("body").orElse("")
                                : fields.requiredText("body"),
                        fields.whole("replyTo", 0),
                        fields.whole("threadRoot", 0),
                        fields.flag("alsoToRoom").orElse(false),
                        forward.flatMap(MessageRoutes::source),
                        attachments);
        fields.check();
        Posted posted =
                timelines.post(call.user(), Paths.room(call), message, idempotencyKey(call));
        return Answer.json(
                posted.repeated() ? StatusCodes.OK : StatusCodes.CREATED,
                messages.written(posted.message(), call.user(), posted.unreached()));
    }

    /** @return empty when it names no place, which is an error of the fields then */
    private static Optional<MessageAddress> source(Fields forward) {
        String room = forward.requiredText("roomId");
        long ordinal = forward.requiredWhole("ordinal", 0);
        OptionalLong root = forward.whole("threadRoot", 0);
        return room.isEmpty()
                ? Optional.empty()
                : Optional.of(new MessageAddress(new TimelineId(Paths.room(room), root), ordinal));
    }

    private Answer page(Call call, TimelineId timeline) {
        Query query = call.query();
        int limit = (int) query.whole("limit", 1, LARGEST_LIMIT).orElse(DEFAULT_LIMIT);
        OptionalLong before = query.whole("before", 0, Long.MAX_VALUE);
        OptionalLong after = query.whole("after", -1, Long.MAX_VALUE);
        OptionalLong around = query.whole("around", 0, Long.MAX_VALUE);
        Optional<Instant> at = query.time("at");
        query.atMostOneOf(List.of("before", "after", "around", "at"));
        query.check();
        Position position =
                at.<Position>map(Position.At::new).orElseGet(() -> position(before, after, around));
        MessagePage page = timelines.page(call.user(), timeline, position, limit);
        boolean stale = health.stale();
        return marked(stale, Answer.ok(messages.page(page, call.user(), stale)));
    }

    private Answer message(Call call, MessageAddress address) {
        Answer answer = answer(call, timelines.message(call.user(), address));
        return marked(health.stale(), answer);
    }

    /** Says of what was read that it may be out of date. */
    static Answer marked(boolean stale, Answer answer) {
        return stale ? answer.with(STALE, "true") : answer;
    }

    private static Position position(OptionalLong before, OptionalLong after, OptionalLong around) {
        if (before.isPresent()) {
            return new Position.Before(before.getAsLong());
        }
        if (after.isPresent()) {
            return new Position.After(after.getAsLong());
        }
        return around.isPresent() ? new Position.Around(around.getAsLong()) : new Position.Newest();
    }

    private Answer edit(Call call, MessageAddress address) throws MalformedJsonException {
        Fields fields = call.fields();
        String body = fields.requiredText("body");
        fields.check();
        Edited edited = timelines.edit(call.user(), address, body);
        return Answer.ok(messages.written(edited.message(), call.user(), edited.unreached()));
    }

    private Answer delete(Call call, MessageAddress address) {
        timelines.delete(call.user(), address);
        return Answer.noContent();
    }

    private Answer detach(Call call, MessageAddress address, int attachment) {
        timelines.detach(call.user(), address, Paths.file(call.parameter(attachment)));
        return Answer.noContent();
    }

    private Answer react(Call call, MessageAddress address, int emoji, boolean present) {
        return answer(call, timelines.react(call.user(), address, call.parameter(emoji), present));
    }

    private Answer reactions(Call call, MessageAddress address) {
        Query query = call.query();
        int limit = (int) query.whole("limit", 1, LARGEST_LIMIT).orElse(DEFAULT_LIMIT);
        Optional<String> emoji = query.text("emoji", LONGEST_EMOJI);
        Optional<String> cursor = query.text("cursor", LONGEST_CURSOR);
        query.check();
        return Answer.ok(
                messages.reactions(
                        timelines.reactions(call.user(), address, emoji, limit, cursor)));
    }

    private Answer pin(Call call, MessageAddress address, boolean pinned) {
        return answer(call, timelines.pin(call.user(), address, pinned));
    }

    private Answer answer(Call call, Message message) {
        return Answer.ok(messages.message(message, call.user()));
    }

    /**
     * The key a creating call was sent with.
     *
     * @throws ChattoException INVALID when it is malformed
     */
    static Optional<IdempotencyKey> idempotencyKey(Call call) {
        return call.header(IDEMPOTENCY_KEY).map(IdempotencyKey::new);
    }
}
