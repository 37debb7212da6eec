package chat.chatto.http.realtime;

import chat.chatto.core.ChattoException;
import chat.chatto.core.account.UserId;
import chat.chatto.core.presence.Presence;
import chat.chatto.core.presence.PresenceStatus;
import chat.chatto.http.health.Readiness;
import chat.chatto.http.json.Fields;
import chat.chatto.http.json.JsonInput;
import chat.chatto.http.json.MalformedJsonException;
import chat.chatto.http.wire.EventJson;
import chat.chatto.http.wire.PresenceJson;

import io.undertow.websockets.WebSocketConnectionCallback;
import io.undertow.websockets.core.AbstractReceiveListener;
import io.undertow.websockets.core.BufferedBinaryMessage;
import io.undertow.websockets.core.BufferedTextMessage;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.spi.WebSocketHttpExchange;

import jakarta.inject.Inject;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.IoUtils;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Takes in new sockets and what clients send over them. Safe for use by many threads. */
public final class RealtimeEndpoint implements WebSocketConnectionCallback {

    private static final Logger log = LoggerFactory.getLogger(RealtimeEndpoint.class);

    /** The most people that one connection is told of. */
    private static final int MOST_WATCHED = 500;

    private final Hub hub;
    private final Greeter greeter;
    private final Presence presence;
    private final Readiness readiness;
    private final RealtimeLimits limits;
    private final RealtimeMetrics metrics;
    private final OpenSockets sockets = new OpenSockets();

    @Inject
    public RealtimeEndpoint(
            Hub hub,
            Greeter greeter,
            Presence presence,
            Readiness readiness,
            RealtimeLimits limits,
            RealtimeMetrics metrics) {
        this.hub = hub;
        this.greeter = greeter;
        this.presence = presence;
        this.readiness = readiness;
        this.limits = limits;
        this.metrics = metrics;
    }

    /** Begins to listen to what happens, once all that is stored is in memory. */
    public void start() {
        hub.start();
    }

    /** Tells all clients to connect elsewhere. */
    public void drain() {
        hub.closeAll(CloseReason.DRAINING);
    }

    /** Waits until all sockets are closed. @return whether that was reached in time */
    public boolean awaitNone(Duration patience) throws InterruptedException {
        return sockets.awaitNone(patience);
    }

    /** How many sockets are open. */
    public int connections() {
        return sockets.count();
    }

    /** Ends the listening. */
    public void close() {
        hub.close();
    }

    @Override
    public void onConnect(WebSocketHttpExchange exchange, WebSocketChannel channel) {
        Lane lane = hub.lane(channel.getIoThread());
        Optional<String> cookie =
                Optional.ofNullable(exchange.getAttachment(RealtimeUpgrade.SESSION));
        lane.execute(() -> accept(channel, lane, cookie));
    }

    private void accept(WebSocketChannel channel, Lane lane, Optional<String> cookie) {
        var connection = new Connection(channel, lane, limits);
        lane.add(connection);
        sockets.add(channel);
        channel.addCloseTask(_ -> lane.execute(connection::abandon));
        if (!channel.isOpen()) {
            connection.abandon();
            return;
        }
        if (readiness.isDraining()) {
            connection.close(CloseReason.DRAINING);
        } else if (metrics.connections() > limits.connections()) {
            connection.close(CloseReason.OVERLOADED);
        }
        channel.getReceiveSetter().set(new Inbound(connection, lane, cookie));
        channel.resumeReceives();
    }

    private final class Inbound extends AbstractReceiveListener {

        private final Connection connection;
        private final Lane lane;
        private final Optional<String> cookie;

        Inbound(Connection connection, Lane lane, Optional<String> cookie) {
            this.connection = connection;
            this.lane = lane;
            this.cookie = cookie;
        }

        @Override
        protected long getMaxTextBufferSize() {
            return limits.inboundBytes();
        }

        @Override
        protected void onFullTextMessage(WebSocketChannel channel, BufferedTextMessage message) {
            String text = message.getData();
            lane.execute(() -> received(text));
        }

        @Override
        protected void onFullPongMessage(WebSocketChannel channel, BufferedBinaryMessage message)
                throws IOException {
            super.onFullPongMessage(channel, message);
            lane.execute(connection::heard);
        }

        @Override
        protected void onFullBinaryMessage(
                WebSocketChannel channel, BufferedBinaryMessage message) {
            message.getData().free();
            lane.execute(() -> connection.close(CloseReason.PROTOCOL));
        }

        @Override
        protected void onError(WebSocketChannel channel, Throwable error) {
            log.debug("A socket broke", error);
            IoUtils.safeClose(channel);
        }

        private void received(String text) {
            if (!connection.isOpen()) {
                return;
            }
            if (!connection.heard()) {
                connection.close(CloseReason.FLOOD);
                return;
            }
            try {
                Fields fields =
                        JsonInput.read(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
                String type = fields.requiredText("type");
                fields.check();
                handle(type, fields);
            } catch (MalformedJsonException | ChattoException | IllegalArgumentException e) {
                log.debug("A client sent what is no frame", e);
                connection.close(CloseReason.PROTOCOL);
            }
        }

        private void handle(String type, Fields fields) {
            switch (type) {
                case "hello" -> hello(fields);
                case "ping" -> connection.pong();
                case "presence" -> report("state", fields.requiredText("state"), fields);
                case "presence.watch" -> watch(fields);
                default -> {
                    // A pong was noted by being heard; frames of newer clients are ignored.
                }
            }
        }

        private void report(String field, String state, Fields fields) {
            fields.check();
            connection.report(PresenceJson.activity(field, state));
        }

        /** Tells how those are shown that were not watched before; without having said who it is a client is told of nobody. */
        private void watch(Fields fields) {
            Set<UserId> people =
                    fields.texts("userIds", MOST_WATCHED).stream()
                            .map(UserId::new)
                            .collect(Collectors.toSet());
            fields.check();
            if (connection.member().isEmpty()) {
                return;
            }
            List<PresenceStatus> statuses =
                    lane.watch(connection, people).stream().map(presence::status).toList();
            if (!statuses.isEmpty()) {
                connection.send(Frame.of(EventJson.presenceChanged(statuses)));
            }
        }

        private void hello(Fields fields) {
            Optional<String> token = fields.text("token").or(() -> cookie);
            Optional<String> cursor = fields.text("cursor");
            fields.text("presence").ifPresent(state -> report("presence", state, fields));
            fields.check();
            if (!connection.acceptHello()) {
                connection.close(CloseReason.PROTOCOL);
            } else if (token.isEmpty()) {
                connection.close(CloseReason.UNAUTHENTICATED);
            } else {
                greeter.greet(connection, lane, new Greeter.Hello(token.get(), cursor));
            }
        }
    }
}
