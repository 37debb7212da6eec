package chat.chatto.http.realtime;

import chat.chatto.core.account.UserId;
import chat.chatto.core.presence.PresenceStatus;
import chat.chatto.core.room.RoomId;
import chat.chatto.http.wire.EventJson;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.XnioExecutor;
import org.xnio.XnioIoThread;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * The sockets of one IO thread and who among them gets what. An event costs one task for each IO thread, however many sockets it goes to,
 * and nothing here needs a lock: only {@link #post} and {@link #execute} may be called on other threads.
 */
final class Lane implements AutoCloseable {

    static final Frame PING = Frame.of(EventJson.bare("ping"));
    static final Frame PONG = Frame.of(EventJson.bare("pong"));

    private static final Logger log = LoggerFactory.getLogger(Lane.class);

    /** How many events may wait for the thread; beyond, its sockets have to resume later. */
    private static final int BACKLOG = 8192;

    private final XnioIoThread thread;
    private final Interest interest;
    private final RealtimeMetrics metrics;
    private final long heartbeatSeconds;
    private final XnioExecutor.Key sweeping;

    private final AtomicInteger backlog = new AtomicInteger();
    private final AtomicBoolean overloaded = new AtomicBoolean();

    private final Set<Connection> connections = new HashSet<>();
    private final Map<RoomId, Set<Connection>> byRoom = new HashMap<>();
    private final Map<UserId, Set<Connection>> byUser = new HashMap<>();
    private final Map<UserId, Set<Connection>> byWatched = new HashMap<>();
    private final List<Connection> retired = new ArrayList<>();
    private long sweeps;

    Lane(XnioIoThread thread, Interest interest, RealtimeMetrics metrics, long heartbeatSeconds) {
        this.thread = thread;
        this.interest = interest;
        this.metrics = metrics;
        this.heartbeatSeconds = heartbeatSeconds;
        this.sweeping = thread.executeAtInterval(() -> run(this::sweep), 1, TimeUnit.SECONDS);
    }

    XnioIoThread thread() {
        return thread;
    }

    /** Delivers a frame, in the order of the calls. */
    void post(Delivery delivery) {
        if (backlog.incrementAndGet() > BACKLOG) {
            backlog.decrementAndGet();
            if (overloaded.compareAndSet(false, true)) {
                log.warn("Sockets cannot keep up with events: they are told to resume");
                execute(this::shed);
            }
            return;
        }
        execute(
                () -> {
                    backlog.decrementAndGet();
                    deliver(delivery);
                });
    }

    /** Runs something on the lane's thread, in the order of the calls. */
    void execute(Runnable task) {
        try {
            thread.execute(() -> run(task));
        } catch (RejectedExecutionException e) {
            log.debug("The server has stopped, and its sockets with it", e);
        }
    }

    void add(Connection connection) {
        connections.add(connection);
        metrics.connected();
    }

    /** From now on the connection gets what is for the member and for the rooms. */
    void register(Connection connection, Connection.Member member, Collection<RoomId> rooms) {
        connection.identified(member);
        byUser.computeIfAbsent(
                        member.user(),
                        user -> {
                            interest.add(user);
                            return new HashSet<>(2);
                        })
                .add(connection);
        rooms.forEach(room -> subscribe(connection, room));
    }

    /**
     * From now on the connection is told how these people are shown, and of nobody else.
     *
     * @return those of whom it was not told before
     */
    Set<UserId> watch(Connection connection, Set<UserId> people) {
        Set<UserId> watched = connection.watched();
        Set<UserId> added = new HashSet<>(people);
        added.removeAll(watched);
        for (UserId former : List.copyOf(watched)) {
            if (!people.contains(former)) {
                unwatch(connection, former);
            }
        }
        for (UserId user : added) {
            watched.add(user);
            byWatched.computeIfAbsent(user, _ -> new HashSet<>(2)).add(connection);
        }
        return added;
    }

    /** Tells each connection of the people it watches, in one frame. */
    void tell(List<PresenceStatus> changes) {
        Map<Connection, List<PresenceStatus>> each = new HashMap<>();
        for (PresenceStatus change : changes) {
            for (Connection connection : byWatched.getOrDefault(change.user(), Set.of())) {
                each.computeIfAbsent(connection, _ -> new ArrayList<>()).add(change);
            }
        }
        // Those who look at the same room are told the same.
        Map<List<PresenceStatus>, Frame> frames = new HashMap<>();
        each.forEach(
                (connection, news) ->
                        connection.send(
                                frames.computeIfAbsent(
                                        news, key -> Frame.of(EventJson.presenceChanged(key)))));
        metrics.delivered(each.size());
    }

    /** Takes the connection out, after the task that runs now. */
    void retire(Connection connection) {
        retired.add(connection);
    }

    void count(CloseReason reason) {
        metrics.closed(reason);
    }

    /** Ends all connections, or those of one session. */
    void closeAll(CloseReason reason, Optional<String> sessionHash) {
        for (Connection connection : connections) {
            if (sessionHash.isEmpty()
                    || connection
                            .member()
                            .map(Connection.Member::sessionHash)
                            .equals(sessionHash)) {
                connection.close(reason);
            }
        }
    }

    @Override
    public void close() {
        sweeping.remove();
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            log.error("A task of the sockets failed", e);
        }
        for (Connection connection : retired) {
            remove(connection);
        }
        retired.clear();
    }

    private void shed() {
        overloaded.set(false);
        closeAll(CloseReason.OVERLOADED, Optional.empty());
    }

    private void deliver(Delivery delivery) {
        switch (delivery) {
            case Delivery.ToRoom(RoomId room, Optional<UserId> except, Frame frame) ->
                    toRoom(room, except, frame);
            case Delivery.ToUser(UserId user, Frame frame) -> send(of(user), frame);
            case Delivery.ToAll(Frame frame) -> send(connections, frame);
            case Delivery.ToThose(Predicate<UserId> concerned, Frame frame) ->
                    byUser.forEach(
                            (user, sockets) -> {
                                if (concerned.test(user)) {
                                    send(sockets, frame);
                                }
                            });
            case Delivery.Reassigned reassigned -> reassign(reassigned);
            case Delivery.AccessChanged change -> settle(change);
            case Delivery.Joined(RoomId room, UserId user, Frame frame) -> {
                of(user).forEach(connection -> subscribe(connection, room));
                toRoom(room, Optional.empty(), frame);
            }
            case Delivery.Left(RoomId room, UserId user, Frame frame) -> {
                toRoom(room, Optional.empty(), frame);
                of(user).forEach(connection -> unsubscribe(connection, room));
            }
        }
    }

    private void reassign(Delivery.Reassigned reassigned) {
        RoomId room = reassigned.room();
        byUser.forEach(
                (user, sockets) -> {
                    if (reassigned.member().test(user)) {
                        sockets.forEach(connection -> subscribe(connection, room));
                    } else if (sockets.stream().anyMatch(socket -> socket.rooms().contains(room))) {
                        send(sockets, reassigned.left().apply(user));
                        sockets.forEach(connection -> unsubscribe(connection, room));
                    }
                });
    }

    private void toRoom(RoomId room, Optional<UserId> except, Frame frame) {
        Set<Connection> receivers = byRoom.getOrDefault(room, Set.of());
        if (except.isEmpty()) {
            send(receivers, frame);
            return;
        }
        for (Connection connection : receivers) {
            if (!connection.member().map(Connection.Member::user).equals(except)) {
                connection.send(frame);
            }
        }
    }

    private void send(Collection<Connection> receivers, Frame frame) {
        for (Connection connection : receivers) {
            connection.send(frame);
        }
        metrics.delivered(receivers.size());
    }

    private Set<Connection> of(UserId user) {
        return byUser.getOrDefault(user, Set.of());
    }

    private void subscribe(Connection connection, RoomId room) {
        if (connection.rooms().add(room)) {
            Set<Connection> receivers = byRoom.computeIfAbsent(room, _ -> new HashSet<>());
            if (receivers.isEmpty()) {
                interest.add(room);
            }
            receivers.add(connection);
        }
    }

    private void settle(Delivery.AccessChanged change) {
        byUser.forEach(
                (user, sockets) -> {
                    if (change.concerned().test(user)) {
                        Set<RoomId> readable = change.readable().apply(user);
                        sockets.forEach(connection -> settle(connection, readable));
                        send(sockets, change.frame());
                    }
                });
    }

    /** From now on the connection gets what is for these rooms, and for no others. */
    private void settle(Connection connection, Set<RoomId> readable) {
        for (RoomId room : List.copyOf(connection.rooms())) {
            if (!readable.contains(room)) {
                unsubscribe(connection, room);
            }
        }
        readable.forEach(room -> subscribe(connection, room));
    }

    private void unsubscribe(Connection connection, RoomId room) {
        if (connection.rooms().remove(room)) {
            drop(connection, room);
        }
    }

    private void drop(Connection connection, RoomId room) {
        Set<Connection> receivers = byRoom.getOrDefault(room, Set.of());
        receivers.remove(connection);
        if (receivers.isEmpty()) {
            byRoom.remove(room);
            interest.remove(room);
        }
    }

    private void unwatch(Connection connection, UserId user) {
        connection.watched().remove(user);
        Set<Connection> watching = byWatched.getOrDefault(user, Set.of());
        watching.remove(connection);
        if (watching.isEmpty()) {
            byWatched.remove(user);
        }
    }

    private void remove(Connection connection) {
        if (!connections.remove(connection)) {
            return;
        }
        metrics.disconnected();
        connection.rooms().forEach(room -> drop(connection, room));
        connection.rooms().clear();
        List.copyOf(connection.watched()).forEach(user -> unwatch(connection, user));
        connection.depart();
        connection
                .member()
                .ifPresent(
                        member -> {
                            Set<Connection> own = byUser.get(member.user());
                            if (own != null && own.remove(connection) && own.isEmpty()) {
                                byUser.remove(member.user());
                                interest.remove(member.user());
                            }
                        });
    }

    private void sweep() {
        sweeps++;
        boolean heartbeatDue = sweeps % heartbeatSeconds == 0;
        long now = System.nanoTime();
        for (Connection connection : connections) {
            connection.sweep(now, heartbeatDue);
        }
    }
}
