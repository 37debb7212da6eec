package chat.chatto.bench.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** One WebSocket: opened by blocking, then read by its swarm without blocking. */
final class SwarmSocket {

    private static final int MAX_ANSWER_BYTES = 8 * 1024;
    private static final int FINAL = 0x80;
    private static final int MASKED = 0x80;
    private static final int SHORT_FRAME = 125;
    private static final int LENGTH_16_BITS = 126;
    private static final String FIXED_HEAD =
            """
            GET /api/v1/realtime HTTP/1.1
            Upgrade: websocket
            Connection: Upgrade
            Sec-WebSocket-Version: 13
            Sec-WebSocket-Key: Y2hhdHRvLWJlbmNoLWtleQ==
            """
                    .replace("\n", "\r\n");

    private final int number;
    private final SocketChannel channel;
    private final FrameDecoder decoder = new FrameDecoder();

    private SwarmSocket(int number, SocketChannel channel) {
        this.number = number;
        this.channel = channel;
    }

    /** Connects, upgrades and says hello. */
    static SwarmSocket open(int number, Target target, String token, Duration timeout)
            throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.socket().connect(target.address(), Math.toIntExact(timeout.toMillis()));
            String request =
                    FIXED_HEAD
                            + "Host: "
                            + target.authority()
                            + "\r\nAuthorization: Bearer "
                            + token
                            + "\r\n\r\n";
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.ISO_8859_1)));
            channel.socket().setSoTimeout(Math.toIntExact(timeout.toMillis()));
            readUpgrade(channel.socket().getInputStream());
            SwarmSocket socket = new SwarmSocket(number, channel);
            socket.sendText("{\"type\":\"hello\",\"token\":\"" + token + "\"}");
            channel.configureBlocking(false);
            return socket;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    int number() {
        return number;
    }

    SocketChannel channel() {
        return channel;
    }

    FrameDecoder decoder() {
        return decoder;
    }

    void sendText(String text) throws IOException {
        send(FrameDecoder.TEXT, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Sends a small frame, masked with zeros: the mask protects proxies from hostile pages, which a driver is not.
     *
     * @throws IOException also when the socket does not take the whole frame at once, as only a dead peer's would
     */
    void send(int opcode, ByteBuffer payload) throws IOException {
        int length = payload.remaining();
        ByteBuffer frame = ByteBuffer.allocate(length + 8);
        frame.put((byte) (FINAL | opcode));
        if (length <= SHORT_FRAME) {
            frame.put((byte) (MASKED | length));
        } else {
            frame.put((byte) (MASKED | LENGTH_16_BITS)).putShort((short) length);
        }
        frame.putInt(0).put(payload).flip();
        channel.write(frame);
        if (frame.hasRemaining()) {
            throw new IOException("the server does not read");
        }
    }

    /** Reads byte by byte up to the end of the answer's head, so that no frame behind it is taken along. */
    private static void readUpgrade(InputStream input) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        int endings = 0;
        while (endings < 4) {
            int next = input.read();
            if (next < 0 || answer.size() > MAX_ANSWER_BYTES) {
                throw new IOException(
                        "no WebSocket upgrade: " + answer.toString(StandardCharsets.ISO_8859_1));
            }
            answer.write(next);
            endings = next == "\r\n\r\n".charAt(endings) ? endings + 1 : next == '\r' ? 1 : 0;
        }
        String head = answer.toString(StandardCharsets.ISO_8859_1);
        if (!head.startsWith("HTTP/1.1 101")) {
            throw new IOException("no WebSocket upgrade: " + head.lines().findFirst().orElse(""));
        }
    }
}
