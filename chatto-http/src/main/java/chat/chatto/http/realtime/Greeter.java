package chat.chatto.http.realtime;

import chat.chatto.core.ChattoException;
import chat.chatto.core.access.AccessDirectory;
import chat.chatto.core.account.Accounts;
import chat.chatto.core.account.Sessions;
import chat.chatto.core.account.User;
import chat.chatto.core.account.UserId;
import chat.chatto.core.presence.Presence;
import chat.chatto.core.readstate.ReadPositions;
import chat.chatto.core.room.RoomChanges;
import chat.chatto.core.room.RoomId;
import chat.chatto.core.room.Rooms;
import chat.chatto.core.server.ServerBucket;
import chat.chatto.core.timeline.Resumption;
import chat.chatto.core.timeline.TimelineEvent;
import chat.chatto.core.timeline.Timelines;
import chat.chatto.http.health.Health;
import chat.chatto.http.wire.EventJson;

import jakarta.inject.Inject;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/**
 * Brings a client that says hello up to date. First it is registered, so that whatever happens from then on is held for it; then what it
 * missed is read; then it is sent that and what was held, without what occurs in both. Nothing is lost in between, nothing comes twice.
 * Safe for use by many threads.
 */
public final class Greeter {

    /** Reading what clients missed takes memory: a crowd that reconnects at once takes turns. */
    private static final int AT_ONCE = 8;

    private final Sessions sessions;
    private final Accounts accounts;
    private final Rooms rooms;
    private final AccessDirectory access;
    private final ReadPositions positions;
    private final Presence presence;
    private final Timelines timelines;
    private final ServerBucket server;
    private final Health health;
    private final Hub hub;
    private final EventJson events;
    private final RealtimeMetrics metrics;
    private final RealtimeLimits limits;
    private final Executor executor;
    private final Semaphore turns = new Semaphore(AT_ONCE);

    /** @param executor starts a virtual thread for each task */
    @Inject
    public Greeter(
            Sessions sessions,
            Accounts accounts,
            Rooms rooms,
            AccessDirectory access,
            ReadPositions positions,
            Presence presence,
            Timelines timelines,
            ServerBucket server,
            Health health,
            Hub hub,
            EventJson events,
            RealtimeMetrics metrics,
            RealtimeLimits limits,
            Executor executor) {
        this.sessions = sessions;
        this.accounts = accounts;
        this.rooms = rooms;
        this.access = access;
        this.positions = positions;
        this.presence = presence;
        this.timelines = timelines;
        this.server = server;
        this.health = health;
        this.hub = hub;
        this.events = events;
        this.metrics = metrics;
        this.limits = limits;
        this.executor = executor;
    }

    /** What a client sends first. */
    record Hello(String token, Optional<String> cursor) {}

    private record Missed(
            boolean resumed, StreamCursor start, List<Frame> frames, StreamCursor end) {}

    /** Begins; the client hears of it by a ready frame, or by being closed. */
    void greet(Connection connection, Lane lane, Hello hello) {
        executor.execute(() -> guarded(connection, lane, () -> identify(connection, lane, hello)));
    }

    private void identify(Connection connection, Lane lane, Hello hello) {
        Optional<UserId> user = sessions.authenticate(hello.token());
        if (user.isEmpty()) {
            lane.execute(() -> connection.close(CloseReason.UNAUTHENTICATED));
            return;
        }
        var member = new Connection.Member(user.get(), Sessions.hash(hello.token()));
        lane.execute(
                () -> {
                    if (connection.isOpen()) {
                        lane.register(connection, member, rooms.readable(member.user()));
                        connection.visit(activity -> presence.arrive(member.user(), activity));
                        executor.execute(
                                () ->
                                        guarded(
                                                connection,
                                                lane,
                                                () -> catchUp(connection, lane, member, hello)));
                    }
                });
    }

    private void catchUp(Connection connection, Lane lane, Connection.Member member, Hello hello) {
        // Again: the session may have ended before its end could be noticed here.
        if (sessions.authenticate(hello.token()).isEmpty()) {
            lane.execute(() -> connection.close(CloseReason.UNAUTHENTICATED));
            return;
        }
        turns.acquireUninterruptibly();
        try {
            Missed missed = missed(member.user(), hello);
            List<Frame> frames = new ArrayList<>(missed.frames().size() + 2);
            frames.add(
                    Frame.of(
                            EventJson.ready(
                                    missed.start().toString(),
                                    missed.resumed(),
                                    limits.heartbeat().toSeconds(),
                                    presence.choice(member.user()))));
            if (health.stale()) {
                frames.add(Frame.of(EventJson.stale(true)));
            }
            frames.addAll(missed.frames());
            lane.execute(() -> connection.goLive(frames, missed.end()));
        } finally {
            turns.release();
        }
    }

    private Missed missed(UserId user, Hello hello) {
        StreamCursor now = hub.position();
        return hello.cursor()
                .flatMap(StreamCursor::parse)
                .flatMap(since -> since(user, since, now))
                .orElseGet(() -> new Missed(false, now, List.of(), now));
    }

    /** What happened after a cursor; empty when that cannot be told any more. */
    private Optional<Missed> since(UserId user, StreamCursor since, StreamCursor now) {
        metrics.caughtUp();
        if (!sameHistory(since, now) || !reaches(since.revision())) {
            return Optional.empty();
        }
        List<Frame> frames = new ArrayList<>();
        StreamCursor reached = rooms(user, since, now, frames);
        if (access.changedSince(user, since.revision())) {
            frames.add(Frame.of(EventJson.permissionsChanged()));
        }
        Set<RoomId> joined = rooms.readable(user);
        for (StreamCursor.Place place : since.places()) {
            switch (timelines.resume(place.cursor(), joined)) {
                case Resumption.Expired() -> {
                    return Optional.empty();
                }
                case Resumption.Continued continued -> {
                    for (TimelineEvent event : continued.events()) {
                        reached = reached.with(event.cursor());
                        if (event instanceof TimelineEvent.ThreadFollowed followed
                                && !followed.actor().equals(user)) {
                            continue;
                        }
                        frames.add(Frame.of(events.timeline(event, reached.toString())));
                        if (event instanceof TimelineEvent.MessagePosted posted
                                && posted.followers().contains(user)) {
                            frames.add(
                                    Frame.of(
                                            EventJson.threadFollowed(
                                                    posted.message().address().timeline(),
                                                    true,
                                                    reached.toString())));
                        }
                    }
                    reached = reached.with(continued.upTo());
                }
            }
        }
        for (Map.Entry<RoomId, Long> read : positions.all(user).entrySet()) {
            if (joined.contains(read.getKey())) {
                frames.add(Frame.of(events.readUpdated(read.getKey(), read.getValue())));
            }
        }
        return Optional.of(new Missed(true, since, frames, reached));
    }

    /** Tells of rooms and memberships as they are now; only the last frame carries a cursor, for only after it all was told. */
    private StreamCursor rooms(
            UserId user, StreamCursor since, StreamCursor now, List<Frame> frames) {
        StreamCursor reached = since.with(now.revision());
        RoomChanges changes = rooms.changedSince(user, since.revision());
        Optional<String> none = Optional.empty();
        Optional<User> self = accounts.find(user);
        int left = changes.joined().size() + changes.updated().size() + changes.left().size();
        for (var room : changes.joined()) {
            Optional<String> cursor = --left == 0 ? Optional.of(reached.toString()) : none;
            self.ifPresent(me -> frames.add(Frame.of(events.roomJoined(room, me, cursor))));
        }
        for (var room : changes.updated()) {
            Optional<String> cursor = --left == 0 ? Optional.of(reached.toString()) : none;
            frames.add(Frame.of(events.roomUpdated(room, cursor)));
        }
        for (RoomId room : changes.left()) {
            Optional<String> cursor = --left == 0 ? Optional.of(reached.toString()) : none;
            frames.add(Frame.of(events.roomLeft(room, user, cursor)));
        }
        return reached;
    }

    private static boolean sameHistory(StreamCursor since, StreamCursor now) {
        return since.places().size() == now.places().size()
                && now.places().stream()
                        .allMatch(
                                place ->
                                        since.place(place.cursor().shard())
                                                .map(StreamCursor.Place::incarnation)
                                                .filter(place.incarnation()::equals)
                                                .isPresent());
    }

    /** Whether this server knows what the server knew that gave the cursor; it may lag a moment behind. */
    private boolean reaches(long revision) {
        if (revision <= server.revision()) {
            return true;
        }
        try {
            server.awaitApplied(revision);
            return true;
        } catch (ChattoException e) {
            return false;
        }
    }

    private static void guarded(Connection connection, Lane lane, Runnable step) {
        try {
            step.run();
        } catch (ChattoException e) {
            lane.execute(() -> connection.close(CloseReason.UNAVAILABLE));
        } catch (RuntimeException e) {
            lane.execute(() -> connection.close(CloseReason.UNAVAILABLE));
            throw e;
        }
    }
}
