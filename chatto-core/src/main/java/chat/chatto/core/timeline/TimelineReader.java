package chat.chatto.core.timeline;

import chat.chatto.core.room.RoomId;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads the timelines of all rooms as they are now. Safe for use by many threads. */
final class TimelineReader {

    private final TimelineAccess access;
    private final List<TimelineShard> shards;
    private final Bodies bodies;
    private final MessageReader messages;

    TimelineReader(
            TimelineAccess access,
            List<TimelineShard> shards,
            Bodies bodies,
            MessageReader messages) {
        this.access = access;
        this.shards = shards;
        this.bodies = bodies;
        this.messages = messages;
    }

    TimelineShard shard(RoomId room) {
        return shards.get(access.shard(room) - 1);
    }

    Shard state(RoomId room) {
        return shard(room).state();
    }

    /** @throws DamagedException when the room must not be shown */
    RoomState room(RoomId id) {
        RoomState room = state(id).room(id);
        room.damage()
                .ifPresent(
                        why -> {
                            throw new DamagedException("The room's history is damaged: " + why);
                        });
        return room;
    }

    /**
     * Where a timeline ends; every page read afterwards reaches that far.
     *
     * @throws chat.chatto.core.ChattoException NOT_FOUND when the thread's root does not exist
     */
    long head(TimelineId timeline) {
        RoomState room = room(timeline.room());
        if (!timeline.isThread()) {
            return state(timeline.room()).tip(room).head();
        }
        return entry(timeline.root())
                .map(root -> root.replies() - 1)
                .orElseThrow(() -> Operation.noSuchMessage(timeline.root()));
    }

    List<Message> read(TimelineId timeline, Range range) {
        List<Message> read = new ArrayList<>(range.size());
        long ordinal = range.first();
        while (ordinal <= range.last()) {
            Page page = page(new MessageAddress(timeline, ordinal), range.last());
            long last = Math.min(range.last(), page.key().firstOrdinal() + PageKey.SIZE - 1);
            List<Entry> entries =
                    page.entries().subList(PageKey.slot(ordinal), PageKey.slot(last) + 1);
            bodies.prepare(page.entries());
            ShownReplies shown = shown(timeline.room(), entries);
            for (Entry entry : entries) {
                var address = new MessageAddress(timeline, ordinal++);
                read.add(messages.read(address, entry, shown.contentOf(entry)));
            }
        }
        return read;
    }

    /** The page of a message that exists, with all its messages up to an ordinal. */
    private Page page(MessageAddress address, long last) {
        PageKey key = PageKey.of(address);
        long needed = Math.min(last, key.firstOrdinal() + PageKey.SIZE - 1);
        Shard shard = state(address.timeline().room());
        Page page = shard.page(key).page();
        if (page.entry(needed).isEmpty()) {
            // The thread's root was read from a document that is ahead of what this server has
            // heard of.
            shard.catchUp(shard.room(address.timeline().room()));
            page = shard.page(key).page();
        }
        if (page.entry(needed).isEmpty()) {
            throw new DamagedException(
                    "Message " + needed + " is missing in page " + key.documentKey());
        }
        return page;
    }

    /** @throws chat.chatto.core.ChattoException NOT_FOUND */
    Message read(MessageAddress address) {
        Entry entry = entry(address).orElseThrow(() -> Operation.noSuchMessage(address));
        return messages.read(
                address, entry, shown(address.timeline().room(), List.of(entry)).contentOf(entry));
    }

    /** As {@link #read}, but a no is certain. */
    Message readCertain(MessageAddress address) {
        return messages.read(address, certain(address), content(address));
    }

    /**
     * What an address shows: the entry there, or the reply that it shows.
     *
     * @throws chat.chatto.core.ChattoException NOT_FOUND, which is certain
     */
    Entry content(MessageAddress address) {
        Entry entry = certain(address);
        return shown(address.timeline().room(), List.of(entry)).contentOf(entry);
    }

    private Entry certain(MessageAddress address) {
        RoomId room = address.timeline().room();
        if (address.ordinal() > head(address.timeline())) {
            state(room).catchUp(room(room));
        }
        return entry(address).orElseThrow(() -> Operation.noSuchMessage(address));
    }

    Optional<Entry> entry(MessageAddress address) {
        room(address.timeline().room());
        return state(address.timeline().room())
                .page(PageKey.of(address))
                .page()
                .entry(address.ordinal());
    }

    /**
     * The ordinal of the first message that was posted at a time or later; empty when none was. Times never run backwards within a room, so
     * this reads a few pages, however long the timeline is.
     */
    OptionalLong firstAt(TimelineId timeline, Instant time, long head) {
        long low = 0;
        long high = head + 1;
        while (low < high) {
            long middle = (low + high) >>> 1;
            Page page = page(new MessageAddress(timeline, middle), middle);
            Instant posted =
                    Instant.ofEpochMilli(page.entry(middle).orElseThrow().createdAtMillis());
            if (posted.isBefore(time)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low > head ? OptionalLong.empty() : OptionalLong.of(low);
    }

    private ShownReplies shown(RoomId room, List<Entry> entries) {
        return ShownReplies.of(state(room), room, entries);
    }
}
