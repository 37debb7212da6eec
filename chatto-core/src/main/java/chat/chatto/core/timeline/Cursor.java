package chat.chatto.core.timeline;

/**
 * A place in the stream of timeline changes of one shard.
 *
 * @param sequence the commit's sequence in the shard's log
 * @param index which of the commit's events, from 0
 */
public record Cursor(int shard, long sequence, int index) {

    public Cursor {
        if (shard < 1 || sequence < 0 || index < 0) {
            throw new IllegalArgumentException(
                    "Not a place in a stream: " + shard + ", " + sequence + ", " + index);
        }
    }
}
