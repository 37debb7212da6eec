package chat.chatto.core.timeline;

import chat.chatto.core.room.RoomId;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One record of a room's commit log: events that happened together, or not at all.
 *
 * @param sequence where it stands in the shard's log
 * @param previousSequence the room's commit before it, 0 for the first
 * @param hash the chain up to and including this commit
 * @param head the ordinal of the main line's newest message after it, -1 for none
 * @param size bytes in the log
 */
record Commit(
        RoomId room,
        long sequence,
        CommitId id,
        long previousSequence,
        ChainHash previousHash,
        ChainHash hash,
        long head,
        long atMillis,
        List<Event> events,
        int size) {

    Commit {
        events = List.copyOf(events);
    }

    /** The pages that the events change. */
    Set<PageKey> touched() {
        Set<PageKey> keys = LinkedHashSet.newLinkedHashSet(4);
        for (Event event : events) {
            TimelineId timeline = event.address().timeline();
            keys.add(PageKey.of(event.address()));
            if (event instanceof Event.Post && timeline.isThread()) {
                keys.add(PageKey.of(timeline.root()));
            }
        }
        return keys;
    }
}
