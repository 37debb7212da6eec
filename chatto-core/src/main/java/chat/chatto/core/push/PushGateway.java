package chat.chatto.core.push;

import chat.chatto.core.ChattoException;

import java.net.URI;

/** The way to push services. Safe for use by many threads; methods block, for a bounded time. */
public interface PushGateway {

    /**
     * Makes sure that a device's address is one that this installation may send to.
     *
     * @throws ChattoException INVALID when it is not
     */
    void check(URI endpoint);

    /** Sends a message, once. */
    PushOutcome send(PushRequest request) throws InterruptedException;
}
