package chat.chatto.core.timeline;

import chat.chatto.core.room.RoomId;

/** Receives the changes of all timelines in order, on one thread for each shard. It must not block for long. */
public interface TimelineListener {

    /** Whether changes of this room matter to the listener now; others are left out before they are decrypted. */
    boolean wants(RoomId room);

    void changed(TimelineEvent event);

    /** Changes were missed: whoever shows timelines of this shard must reload them. */
    void interrupted(int shard);
}
