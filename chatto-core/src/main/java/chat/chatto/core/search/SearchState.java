package chat.chatto.core.search;

/**
 * How the index of this server is.
 *
 * @param done while it is being filled from the pages: how many messages were looked at
 * @param total how many there are, roughly
 * @param problem why it cannot be used, empty when it can
 */
public record SearchState(Phase phase, long done, long total, String problem) {

    /** What an index is going through. */
    public enum Phase {
        /** There is none. */
        OFF,
        /** Not yet open. */
        OPENING,
        /** What was found so far is not all there is. */
        INDEXING,
        /** All that is a few seconds old is in it. */
        CURRENT,
        /** It cannot be used and is tried again. */
        FAILED
    }

    static SearchState of(Phase phase) {
        return new SearchState(phase, 0, 0, "");
    }
}
