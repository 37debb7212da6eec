package chat.chatto.bench.http;

import java.nio.ByteBuffer;

/** Receives the text frames of a swarm, on the swarm's one thread. */
public interface FrameListener {

    /**
     * One whole text message.
     *
     * @param socket the number of the socket in its swarm
     * @param text its bytes, valid only during the call
     */
    void received(int socket, ByteBuffer text);

    /** The server or the network closed a socket. */
    void closed(int socket, String reason);
}
