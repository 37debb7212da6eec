package chat.chatto.core.room;

import chat.chatto.core.account.UserId;

/** Who belongs, and who belonged, to one room. It may be known before the room is: records come in order of their latest change. */
final class Members {

    private final RoomId room;
    private final RevisionTable<UserId> table = new RevisionTable<>();

    /** The latest change; written by the thread that applies changes alone. */
    private volatile long revision;

    Members(RoomId room) {
        this.room = room;
    }

    RoomId room() {
        return room;
    }

    RevisionTable<UserId> table() {
        return table;
    }

    long revision() {
        return revision;
    }

    /** @return whether the person belonged to the room before */
    boolean put(UserId user, long changedAt, boolean in) {
        boolean wasIn = table.put(user, changedAt, in);
        revision = changedAt;
        return wasIn;
    }
}
