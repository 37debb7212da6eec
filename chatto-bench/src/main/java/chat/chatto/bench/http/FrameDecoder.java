package chat.chatto.bench.http;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Cuts a server's byte stream into WebSocket frames (RFC 6455). It keeps bytes only while a frame is incomplete, so that an idle
 * socket costs next to nothing. Fragmented messages are refused: Chatto sends each event as one frame. Not thread-safe.
 */
final class FrameDecoder {

    static final int TEXT = 0x1;
    static final int CLOSE = 0x8;
    static final int PING = 0x9;
    static final int PONG = 0xA;

    private static final int FINAL = 0x80;
    private static final int OPCODE_MASK = 0x0F;
    private static final int LENGTH_MASK = 0x7F;
    private static final int LENGTH_16_BITS = 126;
    private static final int LENGTH_64_BITS = 127;
    private static final int MAX_FRAME_BYTES = 4 * 1024 * 1024;

    private @Nullable ByteBuffer incomplete;

    /** What to do with a frame. */
    interface Handler {
        /**
         * Handles one frame.
         *
         * @param payload valid only during the call
         */
        void frame(int opcode, ByteBuffer payload) throws IOException;
    }

    /** Hands out every whole frame in the received bytes and keeps the rest. */
    void decode(ByteBuffer received, Handler handler) throws IOException {
        ByteBuffer bytes = joined(received);
        while (next(bytes, handler)) {
            // Until no whole frame is left.
        }
        incomplete =
                bytes.hasRemaining()
                        ? ByteBuffer.allocate(bytes.remaining()).put(bytes).flip()
                        : null;
    }

    private ByteBuffer joined(ByteBuffer received) {
        ByteBuffer before = incomplete;
        return before == null
                ? received
                : ByteBuffer.allocate(before.remaining() + received.remaining())
                        .put(before)
                        .put(received)
                        .flip();
    }

    private static boolean next(ByteBuffer bytes, Handler handler) throws IOException {
        if (bytes.remaining() < 2) {
            return false;
        }
        bytes.mark();
        int first = bytes.get() & 0xFF;
        int second = bytes.get() & 0xFF;
        if ((second & ~LENGTH_MASK) != 0 || (first & FINAL) == 0) {
            throw new IOException("a masked or fragmented frame from the server");
        }
        int lengthBytes =
                second == LENGTH_64_BITS ? Long.BYTES : second == LENGTH_16_BITS ? Short.BYTES : 0;
        if (bytes.remaining() < lengthBytes) {
            bytes.reset();
            return false;
        }
        long length =
                lengthBytes == 0
                        ? second
                        : lengthBytes == Short.BYTES ? bytes.getShort() & 0xFFFF : bytes.getLong();
        if (length < 0 || length > MAX_FRAME_BYTES) {
            throw new IOException("a frame of " + length + " bytes");
        }
        if (bytes.remaining() < length) {
            bytes.reset();
            return false;
        }
        int end = bytes.position() + (int) length;
        handler.frame(first & OPCODE_MASK, bytes.slice(bytes.position(), (int) length));
        bytes.position(end);
        return true;
    }
}
