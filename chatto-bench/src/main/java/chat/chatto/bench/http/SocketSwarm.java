package chat.chatto.bench.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Many WebSockets read by one thread. It answers pings, of the protocol and of Chatto, and hands every other text frame to its
 * listener. Opening is for one thread; the listener runs on the swarm's own.
 */
public final class SocketSwarm implements AutoCloseable {

    private static final int BUFFER_BYTES = 256 * 1024;
    private static final byte[] PING = "\"type\":\"ping\"".getBytes(StandardCharsets.UTF_8);
    private static final int LONGEST_PING_BYTES = 64;
    private static final String PONG = "{\"type\":\"pong\"}";
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(10);

    private final Target target;
    private final Duration timeout;
    private final FrameListener listener;
    private final Selector selector;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final List<SwarmSocket> sockets = new ArrayList<>();
    private final Thread reader;
    private volatile boolean closed;

    public SocketSwarm(Target target, Duration timeout, FrameListener listener) throws IOException {
        this.target = target;
        this.timeout = timeout;
        this.listener = listener;
        this.selector = Selector.open();
        this.reader = Thread.ofPlatform().name("swarm").daemon().start(this::readAll);
    }

    /** Opens one more socket and says hello with the token; its number is how many were opened before. */
    public void open(String token) throws IOException {
        SwarmSocket socket = SwarmSocket.open(sockets.size(), target, token, timeout);
        sockets.add(socket);
        socket.channel().register(selector, SelectionKey.OP_READ, socket);
        selector.wakeup();
    }

    private void readAll() {
        while (!closed) {
            try {
                selector.select(key -> read((SwarmSocket) key.attachment(), key));
            } catch (IOException e) {
                throw new IllegalStateException("the selector failed", e);
            }
        }
    }

    private void read(SwarmSocket socket, SelectionKey key) {
        try {
            buffer.clear();
            if (socket.channel().read(buffer) < 0) {
                drop(socket, key, "end of stream");
                return;
            }
            socket.decoder()
                    .decode(
                            buffer.flip(),
                            (opcode, payload) -> handle(socket, key, opcode, payload));
        } catch (IOException e) {
            drop(socket, key, String.valueOf(e.getMessage()));
        }
    }

    private void handle(SwarmSocket socket, SelectionKey key, int opcode, ByteBuffer payload)
            throws IOException {
        switch (opcode) {
            case FrameDecoder.TEXT -> {
                if (payload.remaining() <= LONGEST_PING_BYTES
                        && Bytes.indexOf(payload, PING) >= 0) {
                    socket.sendText(PONG);
                } else {
                    listener.received(socket.number(), payload);
                }
            }
            case FrameDecoder.PING -> socket.send(FrameDecoder.PONG, payload);
            case FrameDecoder.CLOSE -> drop(socket, key, "closed by the server");
            default -> {}
        }
    }

    private void drop(SwarmSocket socket, SelectionKey key, String reason) {
        key.cancel();
        try {
            socket.channel().close();
        } catch (IOException e) {
            listener.closed(socket.number(), reason + "; " + e.getMessage());
            return;
        }
        listener.closed(socket.number(), reason);
    }

    /** Closes all sockets without a farewell, as a lost network does. */
    @Override
    public void close() throws IOException {
        closed = true;
        selector.wakeup();
        try {
            reader.join(CLOSE_WAIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (SwarmSocket socket : sockets) {
            socket.channel().close();
        }
        selector.close();
    }
}
