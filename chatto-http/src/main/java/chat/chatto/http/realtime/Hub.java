package chat.chatto.http.realtime;

import chat.chatto.core.access.AccessChange;
import chat.chatto.core.access.AccessDirectory;
import chat.chatto.core.access.RoleId;
import chat.chatto.core.access.Scope;
import chat.chatto.core.account.Accounts;
import chat.chatto.core.account.Sessions;
import chat.chatto.core.account.User;
import chat.chatto.core.account.UserId;
import chat.chatto.core.notification.Attention;
import chat.chatto.core.notification.AttentionEvent;
import chat.chatto.core.notification.Mode;
import chat.chatto.core.notification.Notification;
import chat.chatto.core.presence.Presence;
import chat.chatto.core.presence.PresenceSelection;
import chat.chatto.core.presence.PresenceStatus;
import chat.chatto.core.presence.Typing;
import chat.chatto.core.presence.TypingSignal;
import chat.chatto.core.readstate.ReadPositions;
import chat.chatto.core.readstate.ReadUpdate;
import chat.chatto.core.room.Group;
import chat.chatto.core.room.Groups;
import chat.chatto.core.room.Room;
import chat.chatto.core.room.RoomEvent;
import chat.chatto.core.room.RoomId;
import chat.chatto.core.room.Rooms;
import chat.chatto.core.server.ServerBucket;
import chat.chatto.core.timeline.Cursor;
import chat.chatto.core.timeline.TimelineEvent;
import chat.chatto.core.timeline.TimelineId;
import chat.chatto.core.timeline.TimelineListener;
import chat.chatto.core.timeline.Timelines;
import chat.chatto.http.health.Health;
import chat.chatto.http.wire.EventJson;

import jakarta.inject.Inject;

import org.xnio.XnioIoThread;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Hears of everything that happens and hands it, encoded once, to the lanes whose sockets it concerns. One lock puts all events into one
 * order, so that the cursor in a frame stands for everything that any client was sent before. Safe for use by many threads.
 */
public final class Hub implements AutoCloseable {

    /** Nobody is disturbed because of something that happened longer ago. */
    private static final Duration LATEST_ALERT = Duration.ofMinutes(2);

    private final Timelines timelines;
    private final Rooms rooms;
    private final Groups groups;
    private final AccessDirectory access;
    private final Accounts accounts;
    private final ServerBucket server;
    private final Typing typing;
    private final Presence presence;
    private final ReadPositions positions;
    private final Attention attention;
    private final InstantSource clock;
    private final Sessions sessions;
    private final PersonalFeed personal;
    private final Health health;
    private final EventJson events;
    private final RealtimeMetrics metrics;
    private final RealtimeLimits limits;

    private final Interest interest = new Interest();
    private final Map<XnioIoThread, Lane> lanes = new ConcurrentHashMap<>();
    private final List<Runnable> registrations = new ArrayList<>();
    private final Object order = new Object();
    private boolean toldStale; // guarded by order
    private StreamCursor position = new StreamCursor(List.of(), 0);

    @Inject
    public Hub(
            Timelines timelines,
            Rooms rooms,
            Groups groups,
            AccessDirectory access,
            Accounts accounts,
            ServerBucket server,
            Typing typing,
            Presence presence,
            ReadPositions positions,
            Attention attention,
            InstantSource clock,
            Sessions sessions,
            PersonalFeed personal,
            Health health,
            EventJson events,
            RealtimeMetrics metrics,
            RealtimeLimits limits) {
        this.timelines = timelines;
        this.rooms = rooms;
        this.groups = groups;
        this.access = access;
        this.accounts = accounts;
        this.server = server;
        this.typing = typing;
        this.presence = presence;
        this.positions = positions;
        this.attention = attention;
        this.clock = clock;
        this.sessions = sessions;
        this.personal = personal;
        this.health = health;
        this.events = events;
        this.metrics = metrics;
        this.limits = limits;
    }

    /** Begins to listen, once all that is stored is in memory. */
    void start() {
        registrations.add(timelines.listen(new Listener()));
        registrations.add(rooms.onEvent(this::changed));
        registrations.add(groups.onChange(this::rearranged));
        registrations.add(access.onChange(this::accessChanged));
        registrations.add(positions.onChange(this::read));
        registrations.add(attention.onEvent(this::noticed));
        registrations.add(typing.onSignal(this::typed));
        registrations.add(presence.onChange(this::seen));
        registrations.add(presence.onChoice(this::chosen));
        registrations.add(sessions.onRevoked(this::revoked));
        registrations.addAll(personal.listen(this::publish));
        health.onChange(this::storageChanged);
        synchronized (order) {
            position = new StreamCursor(places(), Math.max(position.revision(), server.revision()));
        }
    }

    /** The lane of an IO thread. */
    Lane lane(XnioIoThread thread) {
        return lanes.computeIfAbsent(
                thread, key -> new Lane(key, interest, metrics, limits.heartbeat().toSeconds()));
    }

    /** Where a client stands that has been sent, or needs not be sent, everything up to now. */
    StreamCursor position() {
        synchronized (order) {
            for (StreamCursor.Place place : position.places()) {
                Cursor told = timelines.cursor(place.cursor().shard());
                if (told.sequence() > place.cursor().sequence()) {
                    position = position.with(told);
                }
            }
            return position;
        }
    }

    /** Ends all connections. */
    void closeAll(CloseReason reason) {
        lanes.values().forEach(lane -> lane.execute(() -> lane.closeAll(reason, Optional.empty())));
    }

    @Override
    public void close() {
        registrations.forEach(Runnable::run);
        lanes.values().forEach(Lane::close);
    }

    private List<StreamCursor.Place> places() {
        List<StreamCursor.Place> places = new ArrayList<>();
        for (int shard = 1; shard <= timelines.shards(); shard++) {
            places.add(
                    StreamCursor.Place.of(timelines.incarnation(shard), timelines.cursor(shard)));
        }
        return places;
    }

    private final class Listener implements TimelineListener {

        @Override
        public boolean wants(RoomId room) {
            return interest.in(room);
        }

        @Override
        public void changed(TimelineEvent event) {
            RoomId room = event.message().address().timeline().room();
            synchronized (order) {
                position = position.with(event.cursor());
                Frame frame = Frame.of(events.timeline(event, position.toString()), event.cursor());
                publish(
                        event instanceof TimelineEvent.ThreadFollowed followed
                                ? new Delivery.ToUser(followed.actor(), frame)
                                : new Delivery.ToRoom(room, Optional.empty(), frame));
                if (event instanceof TimelineEvent.MessagePosted posted) {
                    posted.followers().stream()
                            .filter(interest::has)
                            .forEach(user -> publish(follows(user, posted)));
                }
            }
        }

        private Delivery follows(UserId user, TimelineEvent.MessagePosted reply) {
            TimelineId thread = reply.message().address().timeline();
            return new Delivery.ToUser(
                    user,
                    Frame.of(
                            EventJson.threadFollowed(thread, true, position.toString()),
                            reply.cursor()));
        }

        @Override
        public void interrupted(int shard) {
            closeAll(CloseReason.INTERRUPTED);
        }
    }

    private void changed(RoomEvent event) {
        switch (event) {
            case RoomEvent.Created created -> updated(created.room());
            case RoomEvent.Universal universal -> reassigned(universal.room());
            case RoomEvent.Updated updated -> updated(updated.room());
            case RoomEvent.Joined joined -> joined(joined.room(), joined.user());
            case RoomEvent.Left left -> left(left.room(), left.user());
        }
    }

    private void updated(Room room) {
        publishAt(
                room.revision(),
                cursor ->
                        new Delivery.ToThose(
                                user -> rooms.visible(user, room),
                                Frame.of(events.roomUpdated(room, cursor))));
    }

    private void reassigned(Room room) {
        RoomId id = room.id();
        publishAt(
                room.revision(),
                cursor ->
                        new Delivery.Reassigned(
                                id,
                                user -> rooms.mayRead(user, id),
                                user -> Frame.of(events.roomLeft(id, user, cursor))));
    }

    private void rearranged(List<Group> all) {
        publish(new Delivery.ToAll(Frame.of(EventJson.groupsChanged(all))));
    }

    private void joined(RoomId id, UserId userId) {
        Optional<Room> room = rooms.find(id);
        Optional<User> user = accounts.find(userId);
        if (room.isPresent() && user.isPresent()) {
            // Who was shut out meanwhile is told nothing of the room.
            boolean reads = rooms.mayRead(userId, id);
            publishAt(
                    room.get().revision(),
                    cursor -> {
                        Frame frame = Frame.of(events.roomJoined(room.get(), user.get(), cursor));
                        return reads
                                ? new Delivery.Joined(id, userId, frame)
                                : new Delivery.ToRoom(id, Optional.empty(), frame);
                    });
        }
    }

    private void left(RoomId id, UserId user) {
        rooms.find(id)
                .ifPresent(
                        room ->
                                publishAt(
                                        room.revision(),
                                        cursor ->
                                                new Delivery.Left(
                                                        id,
                                                        user,
                                                        Frame.of(
                                                                events.roomLeft(
                                                                        id, user, cursor)))));
    }

    private void accessChanged(AccessChange change) {
        if (change.scope() instanceof Scope.OfRoom(RoomId room) && rooms.find(room).isEmpty()) {
            return; // It is being made: nobody knows it yet.
        }
        Predicate<UserId> concerned =
                switch (change.affected()) {
                    case AccessChange.Affected.Everybody() -> _ -> true;
                    case AccessChange.Affected.Person(UserId person) -> person::equals;
                    case AccessChange.Affected.Holders(RoleId role) ->
                            user -> access.given(user, role);
                };
        Frame frame = Frame.of(EventJson.permissionsChanged());
        publish(new Delivery.AccessChanged(concerned, rooms::readable, frame));
    }

    private void read(ReadUpdate update) {
        Frame frame = Frame.of(events.readUpdated(update.room(), update.ordinal()));
        publish(new Delivery.ToUser(update.user(), frame));
    }

    private void noticed(AttentionEvent event) {
        if (!interest.has(event.user())) {
            return;
        }
        Optional<Frame> frame =
                switch (event) {
                    case AttentionEvent.Notified notified ->
                            attention.notifications().open(notified).map(this::created);
                    case AttentionEvent.NotificationsSeen _ ->
                            Optional.of(Frame.of(EventJson.bare("notification.read")));
                    case AttentionEvent.ThreadsChanged _ ->
                            Optional.of(Frame.of(EventJson.bare("threads.changed")));
                };
        frame.ifPresent(one -> publish(new Delivery.ToUser(event.user(), one)));
    }

    private Frame created(Notification notification) {
        boolean current =
                Duration.between(notification.createdAt(), clock.instant()).compareTo(LATEST_ALERT)
                        < 0;
        return Frame.of(
                events.notificationCreated(
                        notification, current && notification.mode() == Mode.ALERT));
    }

    private void typed(TypingSignal signal) {
        if (interest.in(signal.room())) {
            Frame frame =
                    Frame.of(events.typing(signal.room(), signal.user(), signal.threadRoot()));
            publish(new Delivery.ToRoom(signal.room(), Optional.of(signal.user()), frame));
        }
    }

    private void seen(List<PresenceStatus> changes) {
        lanes.values().forEach(lane -> lane.execute(() -> lane.tell(changes)));
    }

    private void chosen(PresenceSelection selection) {
        Frame frame = Frame.of(EventJson.presenceChosen(selection.choice()));
        publish(new Delivery.ToUser(selection.user(), frame));
    }

    private void revoked(String sessionHash) {
        lanes.values()
                .forEach(
                        lane ->
                                lane.execute(
                                        () ->
                                                lane.closeAll(
                                                        CloseReason.UNAUTHENTICATED,
                                                        Optional.of(sessionHash))));
    }

    private void storageChanged() {
        synchronized (order) {
            boolean stale = health.stale();
            if (stale != toldStale) { // a connection alone is no news
                toldStale = stale;
                publish(new Delivery.ToAll(Frame.of(EventJson.stale(stale))));
            }
        }
    }

    private void publishAt(long revision, Function<Optional<String>, Delivery> delivery) {
        synchronized (order) {
            position = position.with(Math.max(position.revision(), revision));
            publish(delivery.apply(Optional.of(position.toString())));
        }
    }

    private void publish(Delivery delivery) {
        lanes.values().forEach(lane -> lane.post(delivery));
    }
}
