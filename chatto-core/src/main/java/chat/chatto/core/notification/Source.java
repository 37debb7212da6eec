package chat.chatto.core.notification;

import chat.chatto.core.stored.v1.StoredSource;

/**
 * An activity by its place in a shard's log, in whose order it is dealt with.
 *
 * @param event its place in the commit
 */
record Source(int shard, long commit, int event) {

    static Source of(StoredSource stored) {
        return new Source(stored.getShard(), stored.getCommit(), stored.getEvent());
    }

    StoredSource stored() {
        return StoredSource.newBuilder().setShard(shard).setCommit(commit).setEvent(event).build();
    }

    /** Whether it is this activity of the shard or a later one. */
    boolean reaches(Source other) {
        return commit > other.commit || (commit == other.commit && event >= other.event);
    }
}
