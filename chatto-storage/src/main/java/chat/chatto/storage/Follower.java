package chat.chatto.storage;

/**
 * Receives a stream of changes on one thread. An exception thrown here ends the following, which then reports itself as
 * {@linkplain Following#failed() failed}: a follower that must not stop handles what it cannot understand itself.
 */
@FunctionalInterface
public interface Follower<T> {

    void accept(T change);
}
