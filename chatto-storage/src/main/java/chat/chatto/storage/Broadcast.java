package chat.chatto.storage;

/**
 * Messages to all servers that listen right now: delivered at most once, never stored. Safe for use by many threads.
 */
public interface Broadcast {

    /** One received message. */
    record Message(String channel, byte[] content) {}

    /** Sends without waiting; while storage is away the message is dropped. Channels are dot-joined name tokens. */
    void send(String channel, byte[] content);

    /**
     * Listens, also to the own messages. A last token {@code >} stands for any rest, a token {@code *} for any one token.
     * Each listener has one thread; close the returned handle to end it.
     */
    Subscription listen(String channel, Follower<Message> listener);

    /** Ends a listener. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
