package chat.chatto.core.timeline;

/**
 * Where a room's commit log ends.
 *
 * @param sequence the newest commit's, 0 for none
 * @param head the ordinal of the main line's newest message, -1 for none
 */
record RoomTip(long sequence, ChainHash hash, long head) {

    static final RoomTip EMPTY = new RoomTip(0, ChainHash.START, -1);

    static RoomTip of(Commit commit) {
        return new RoomTip(commit.sequence(), commit.hash(), commit.head());
    }
}
