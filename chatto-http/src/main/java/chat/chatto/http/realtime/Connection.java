package chat.chatto.http.realtime;

import chat.chatto.core.account.UserId;
import chat.chatto.core.presence.Activity;
import chat.chatto.core.presence.Visit;
import chat.chatto.core.room.RoomId;
import chat.chatto.http.wire.EventJson;

import io.undertow.websockets.core.CloseMessage;
import io.undertow.websockets.core.WebSocketCallback;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSockets;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.IoUtils;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * One client's socket. A few frames are on their way at a time and a bounded number waits behind them; a client that lets more pile up is
 * disconnected and resumes when it can. All methods are called on the socket's IO thread.
 */
final class Connection {

    private static final Logger log = LoggerFactory.getLogger(Connection.class);
    private static final int IN_FLIGHT = 4;
    private static final int FAREWELL_SECONDS = 5;

    private final WebSocketChannel channel;
    private final Lane lane;
    private final RealtimeLimits limits;
    private final Set<RoomId> rooms = new HashSet<>(4);
    private final Set<UserId> watched = new HashSet<>(4);
    private final Deque<Frame> waiting = new ArrayDeque<>(4);
    private final WebSocketCallback<@Nullable Void> sent = new Sent();

    private State state = State.EXPECTING_HELLO;
    private long heardNanos = System.nanoTime();
    private int heardThisSecond;
    private long waitingBytes;
    private int inFlight;
    private boolean pumping;
    private @Nullable Member member;
    private @Nullable Visit visit;
    private Activity activity = Activity.ACTIVE;
    private boolean signedOut;
    private @Nullable CatchUp catchUp;
    private @Nullable StreamCursor caughtUpTo;

    private enum State {
        EXPECTING_HELLO,
        CATCHING_UP,
        LIVE,
        CLOSING
    }

    /** @param sessionHash identifies the session, so that its end can be noticed */
    record Member(UserId user, String sessionHash) {}

    /** What a client that connects is sent first, and what happens meanwhile. */
    private static final class CatchUp {
        final Deque<Frame> missed = new ArrayDeque<>();
        final List<Frame> held = new ArrayList<>();
        long heldBytes;
    }

    Connection(WebSocketChannel channel, Lane lane, RealtimeLimits limits) {
        this.channel = channel;
        this.lane = lane;
        this.limits = limits;
    }

    Optional<Member> member() {
        return Optional.ofNullable(member);
    }

    /** The rooms whose frames it gets. */
    Set<RoomId> rooms() {
        return rooms;
    }

    /** The people whose presence it is told of. */
    Set<UserId> watched() {
        return watched;
    }

    boolean isOpen() {
        return state != State.CLOSING;
    }

    /** Whether the client may say hello now, which it may once. */
    boolean acceptHello() {
        if (state != State.EXPECTING_HELLO) {
            return false;
        }
        state = State.CATCHING_UP;
        catchUp = new CatchUp();
        return true;
    }

    /** Who the client proved to be; from now on frames for it are held until {@link #goLive}. */
    void identified(Member proven) {
        member = proven;
    }

    /** Begins the person's visit; what the client said of its activity until now counts. */
    void visit(Function<Activity, Visit> beginning) {
        visit = beginning.apply(activity);
    }

    /** The client says whether somebody uses it. */
    void report(Activity reported) {
        activity = reported;
        if (visit != null) {
            visit.report(reported);
        }
    }

    /** Ends the person's visit: the connection is no more. */
    void depart() {
        if (visit != null) {
            if (signedOut) {
                visit.finish();
            } else {
                visit.interrupt();
            }
            visit = null;
        }
    }

    /**
     * Sends what the client missed, then what happened since it was identified, and from now on everything at once.
     *
     * @param upTo what the client has seen then: frames from before are left out, those that were held and those that are told late
     */
    void goLive(List<Frame> missed, StreamCursor upTo) {
        CatchUp current = catchUp;
        if (state != State.CATCHING_UP || current == null) {
            return;
        }
        state = State.LIVE;
        caughtUpTo = upTo;
        current.missed.addAll(missed);
        current.held.stream().filter(frame -> !isKnown(frame)).forEach(current.missed::add);
        current.held.clear();
        pump();
    }

    /** Queues a frame; a client for whom too much is queued already is disconnected instead. */
    void send(Frame frame) {
        switch (state) {
            case LIVE -> {
                if (isKnown(frame)) {
                    return;
                }
                if (waiting.size() >= limits.queuedFrames()
                        || waitingBytes + frame.bytes() > limits.queuedBytes()) {
                    close(CloseReason.SLOW);
                    return;
                }
                waiting.add(frame);
                waitingBytes += frame.bytes();
                pump();
            }
            case CATCHING_UP -> hold(frame);
            case EXPECTING_HELLO, CLOSING -> {
                // Nobody listens yet, or any more.
            }
        }
    }

    /** Whether it was among what the client missed: that may be ahead of what is told to all. */
    private boolean isKnown(Frame frame) {
        StreamCursor known = caughtUpTo;
        return known != null && frame.cursor().filter(known::covers).isPresent();
    }

    /** Answers a ping at once, whatever else is queued. */
    void pong() {
        if (isOpen()) {
            WebSockets.sendText(Lane.PONG.payload().duplicate(), channel, null);
        }
    }

    /** Notes that the client is there. @return false when it sends more than any client needs to */
    boolean heard() {
        heardNanos = System.nanoTime();
        heardThisSecond++;
        return heardThisSecond <= limits.inboundPerSecond();
    }

    /** Looks once a second whether the client is still there. */
    void sweep(long nowNanos, boolean heartbeatDue) {
        heardThisSecond = 0;
        long silentNanos = nowNanos - heardNanos;
        if (state == State.EXPECTING_HELLO) {
            if (silentNanos > limits.hello().toNanos()) {
                close(CloseReason.NO_HELLO);
            }
        } else if (silentNanos > 3 * limits.heartbeat().toNanos()) {
            close(CloseReason.SILENT);
        } else if (heartbeatDue && silentNanos > limits.heartbeat().toNanos() / 2) {
            ask();
        }
    }

    /** Asks twice: in our own frames, which scripts can see, and in those of WebSockets, which every client answers by itself. */
    private void ask() {
        send(Lane.PING);
        if (isOpen()) {
            WebSockets.sendPing(ByteBuffer.allocate(0), channel, null);
        }
    }

    /** Tells the client why and ends the connection; a client that does not take even that is cut off after some seconds. */
    void close(CloseReason reason) {
        if (state == State.CLOSING) {
            return;
        }
        if (state == State.LIVE || state == State.CATCHING_UP) {
            lane.count(reason);
        }
        signedOut = reason == CloseReason.UNAUTHENTICATED;
        abandon();
        WebSockets.sendText(
                EventJson.closing(reason.text(), reason.reconnect()).buffer(), channel, null);
        WebSockets.sendClose(new CloseMessage(reason.code(), reason.text()), channel, null);
        lane.thread()
                .executeAfter(() -> IoUtils.safeClose(channel), FAREWELL_SECONDS, TimeUnit.SECONDS);
    }

    /** Forgets everything; the socket is closed, or about to be. */
    void abandon() {
        state = State.CLOSING;
        waiting.clear();
        waitingBytes = 0;
        catchUp = null;
        lane.retire(this);
    }

    private void hold(Frame frame) {
        CatchUp current = catchUp;
        if (current == null) {
            throw new IllegalStateException("Catching up without a place for frames");
        }
        if (current.held.size() >= limits.queuedFrames()
                || current.heldBytes + frame.bytes() > limits.queuedBytes()) {
            close(CloseReason.SLOW);
            return;
        }
        current.held.add(frame);
        current.heldBytes += frame.bytes();
    }

    /** Hands frames to the socket while it takes them. */
    private void pump() {
        if (pumping) {
            return;
        }
        pumping = true;
        try {
            while (inFlight < IN_FLIGHT) {
                Frame frame = next();
                if (frame == null) {
                    return;
                }
                inFlight++;
                WebSockets.sendText(frame.payload().duplicate(), channel, sent);
            }
        } finally {
            pumping = false;
        }
    }

    private @Nullable Frame next() {
        CatchUp current = catchUp;
        if (current != null) {
            Frame missed = current.missed.poll();
            if (missed != null) {
                return missed;
            }
            catchUp = null;
        }
        Frame frame = waiting.poll();
        if (frame != null) {
            waitingBytes -= frame.bytes();
        }
        return frame;
    }

    private final class Sent implements WebSocketCallback<@Nullable Void> {

        @Override
        public void complete(WebSocketChannel socket, @Nullable Void context) {
            inFlight--;
            pump();
        }

        @Override
        public void onError(WebSocketChannel socket, @Nullable Void context, Throwable throwable) {
            log.debug("A client went away", throwable);
            abandon();
            IoUtils.safeClose(socket);
        }
    }
}
