package chat.chatto.http.api;

import static chat.chatto.http.api.Paths.API;

import chat.chatto.core.ChattoException;
import chat.chatto.core.notification.Cause;
import chat.chatto.core.notification.DoNotDisturb;
import chat.chatto.core.notification.FollowedThreads;
import chat.chatto.core.notification.Mode;
import chat.chatto.core.notification.NotificationSettings;
import chat.chatto.core.notification.Notifications;
import chat.chatto.core.notification.Wishes;
import chat.chatto.core.timeline.TimelineId;
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
import chat.chatto.http.wire.NotificationJson;

import jakarta.inject.Inject;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the caller is notified of and wants to be, and the threads that the caller follows. */
public final class NotificationRoutes implements Routes {

    private static final String NOTIFICATIONS = API + "/notifications";
    private static final String ROOM = API + "/rooms/{room}";
    private static final String THREAD = ROOM + "/threads/{root}";
    private static final String SETTINGS = "/notification-settings";
    private static final Body SMALL = Body.json(8 * 1024);
    private static final int DEFAULT_LIMIT = 50;
    private static final int DEFAULT_THREADS = 20;
    private static final int LONGEST_CURSOR = 256;

    private final Notifications notifications;
    private final FollowedThreads threads;
    private final Wishes wishes;
    private final NotificationJson json;

    @Inject
    public NotificationRoutes(
            Notifications notifications,
            FollowedThreads threads,
            Wishes wishes,
            NotificationJson json) {
        this.notifications = notifications;
        this.threads = threads;
        this.wishes = wishes;
        this.json = json;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of(Verb.GET, NOTIFICATIONS, Access.SIGNED_IN, this::list),
                Route.of(Verb.DELETE, NOTIFICATIONS, Access.SIGNED_IN, this::clear),
                new Route(Verb.POST, NOTIFICATIONS + "/read", Access.SIGNED_IN, SMALL, this::read),
                Route.of(
                        Verb.DELETE,
                        NOTIFICATIONS + "/{notification}",
                        Access.SIGNED_IN,
                        this::remove),
                Route.of(Verb.GET, API + "/me" + SETTINGS, Access.SIGNED_IN, this::settings),
                new Route(
                        Verb.PUT,
                        API + "/me" + SETTINGS,
                        Access.SIGNED_IN,
                        SMALL,
                        this::changeSettings),
                new Route(Verb.PUT, ROOM + SETTINGS, Access.MEMBER, SMALL, this::wishForRoom),
                new Route(Verb.PUT, THREAD + SETTINGS, Access.MEMBER, SMALL, this::wishForThread),
                Route.of(Verb.GET, API + "/threads", Access.SIGNED_IN, this::threads),
                new Route(Verb.PUT, THREAD + "/read", Access.MEMBER, SMALL, this::readThread));
    }

    private Answer list(Call call) {
        Query query = call.query();
        int limit = (int) query.whole("limit", 1, Notifications.LIMIT).orElse(DEFAULT_LIMIT);
        Optional<String> cursor = query.text("cursor", LONGEST_CURSOR);
        boolean unread = query.flag("unread").orElse(false);
        query.check();
        return Answer.ok(json.list(notifications.list(call.user(), limit, cursor, unread)));
    }

    private Answer read(Call call) throws MalformedJsonException {
        Fields fields = call.fields();
        boolean all = fields.flag("all").orElse(false);
        List<String> ids = fields.texts("ids", Notifications.LIMIT);
        fields.check();
        if (all == fields.has("ids")) {
            throw ChattoException.invalid("ids", "must be given, or all must be true, not both");
        }
        if (all) {
            notifications.markAllRead(call.user());
        } else {
            notifications.markRead(call.user(), ids);
        }
        return Answer.ok(NotificationJson.unread(notifications.unread(call.user())));
    }

    private Answer clear(Call call) {
        notifications.clear(call.user());
        return Answer.noContent();
    }

    private Answer remove(Call call) {
        notifications.remove(call.user(), call.parameter(0));
        return Answer.noContent();
    }

    private Answer settings(Call call) {
        return Answer.ok(NotificationJson.settings(wishes.of(call.user())));
    }

    private Answer changeSettings(Call call) throws MalformedJsonException {
        Fields fields = call.fields();
        Map<Cause, Optional<Mode>> causes = NotificationJson.wishes(fields);
        DoNotDisturb former = wishes.of(call.user()).doNotDisturb();
        Optional<DoNotDisturb> schedule =
                fields.object("doNotDisturb")
                        .map(given -> NotificationJson.schedule(given, former));
        fields.check();
        return Answer.ok(NotificationJson.settings(wishes.change(call.user(), causes, schedule)));
    }

    private Answer wishForRoom(Call call) throws MalformedJsonException {
        return wishFor(call, TimelineId.main(Paths.room(call)));
    }

    private Answer wishForThread(Call call) throws MalformedJsonException {
        return wishFor(call, thread(call));
    }

    private Answer wishFor(Call call, TimelineId timeline) throws MalformedJsonException {
        Fields fields = call.fields();
        Map<Cause, Optional<Mode>> causes = NotificationJson.wishes(fields);
        fields.check();
        NotificationSettings changed = wishes.change(call.user(), timeline, causes);
        return Answer.ok(NotificationJson.wishes(changed.wishes(timeline)));
    }

    private Answer threads(Call call) {
        Query query = call.query();
        int limit = (int) query.whole("limit", 1, FollowedThreads.LIMIT).orElse(DEFAULT_THREADS);
        Optional<String> cursor = query.text("cursor", LONGEST_CURSOR);
        boolean unread = query.flag("unread").orElse(false);
        query.check();
        return Answer.ok(
                json.threads(threads.list(call.user(), limit, cursor, unread), call.user()));
    }

    private Answer readThread(Call call) throws MalformedJsonException {
        Fields fields = call.fields();
        long ordinal = fields.requiredWhole("ordinal", 0);
        fields.check();
        return Answer.ok(
                NotificationJson.standing(threads.markRead(call.user(), thread(call), ordinal)));
    }

    private static TimelineId thread(Call call) {
        return TimelineId.thread(Paths.room(call), Paths.ordinal(call, 1));
    }
}
