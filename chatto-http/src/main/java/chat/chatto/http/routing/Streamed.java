package chat.chatto.http.routing;

import java.nio.ByteBuffer;

/** A body that is read while it is sent. Used by one thread. */
public interface Streamed extends AutoCloseable {

    /** How many bytes there are in all. */
    long length();

    /**
     * Some bytes from an offset on, at least one; may block. More than {@link #length} are not sent.
     *
     * @throws RuntimeException when it cannot be read on: the connection is cut off then
     */
    ByteBuffer read(long offset);

    /** Called when all was sent, or nothing more is going to be. */
    @Override
    void close();
}
