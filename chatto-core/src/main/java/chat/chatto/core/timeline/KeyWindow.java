package chat.chatto.core.timeline;

import chat.chatto.core.account.UserId;
import chat.chatto.core.room.RoomId;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The idempotency keys of the newest messages, bounded in number. Keys are kept as 64-bit hashes: whoever finds one compares the key in the
 * message itself. Safe for use by many threads.
 */
final class KeyWindow {

    private static final int LINES = 20_000;

    private final int capacity;

    /** The keys in a ring: at each place a key's hash, and where and when it was used. */
    private final long[] hashes;

    private final long[] ordinals;
    private final long[] millis;
    private final @Nullable TimelineId[] timelines;
    private int next;
    private int size;

    /** The places by hash, with linear probing: 0 for none, else the place plus one. At most half of it is in use. */
    private final int[] slots;

    /** Since when all keys of a timeline are known; timelines that nobody asked for are not in it. */
    private final Map<TimelineId, Long> completeSince =
            new LinkedHashMap<>(64, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<TimelineId, Long> eldest) {
                    return size() > LINES;
                }
            };

    /** @param capacity at most 2^28; 40 bytes each */
    KeyWindow(int capacity) {
        this.capacity = capacity;
        this.hashes = new long[capacity];
        this.ordinals = new long[capacity];
        this.millis = new long[capacity];
        this.timelines = new TimelineId[capacity];
        this.slots = new int[Integer.highestOneBit(2 * capacity - 1) * 2];
    }

    /** Remembers a message that was just posted. */
    synchronized void add(Event.Post post) {
        if (post.idempotencyKey().isEmpty()) {
            return;
        }
        TimelineId timeline = post.address().timeline();
        long hash = hash(timeline, post.actor(), post.idempotencyKey());
        add(hash, timeline, post.address().ordinal(), post.atMillis());
    }

    /** Remembers a message that was found in a page. */
    synchronized void add(TimelineId timeline, long ordinal, Entry entry) {
        if (!entry.idempotencyKey().isEmpty()) {
            long hash = hash(timeline, entry.author(), entry.idempotencyKey());
            add(hash, timeline, ordinal, entry.createdAtMillis());
        }
    }

    private void add(long hash, TimelineId timeline, long ordinal, long atMillis) {
        int slot = slotOf(hash);
        if (slots[slot] != 0) {
            return;
        }
        if (size == capacity) {
            forget(next);
            slot = slotOf(hash);
        } else {
            size++;
        }
        hashes[next] = hash;
        timelines[next] = timeline;
        ordinals[next] = ordinal;
        millis[next] = atMillis;
        slots[slot] = next + 1;
        next = (next + 1) % capacity;
    }

    private void forget(int place) {
        long atMillis = millis[place];
        completeSince.computeIfPresent(
                timelines[place], (_, since) -> Math.max(since, atMillis + 1));
        int mask = slots.length - 1;
        int hole = slotOf(hashes[place]);
        // Whoever probed past the place that becomes free moves up (Knuth, TAOCP 3, 6.4, algorithm
        // R).
        for (int slot = (hole + 1) & mask; slots[slot] != 0; slot = (slot + 1) & mask) {
            int home = home(hashes[slots[slot] - 1]);
            if (((slot - home) & mask) >= ((slot - hole) & mask)) {
                slots[hole] = slots[slot];
                hole = slot;
            }
        }
        slots[hole] = 0;
    }

    /** The slot of a hash, or the free one where it belongs. */
    private int slotOf(long hash) {
        int slot = home(hash);
        while (slots[slot] != 0 && hashes[slots[slot] - 1] != hash) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    private int home(long hash) {
        return Long.hashCode(hash) & (slots.length - 1);
    }

    /** The ordinal of a message that probably has this key. */
    synchronized OptionalLong find(TimelineId timeline, UserId author, String key) {
        int place = slots[slotOf(hash(timeline, author, key))] - 1;
        return place >= 0 && timeline.equals(timelines[place])
                ? OptionalLong.of(ordinals[place])
                : OptionalLong.empty();
    }

    /** From which time, in milliseconds, on all keys of a timeline are known; empty when that was never established. */
    synchronized OptionalLong completeSince(TimelineId timeline) {
        Long since = completeSince.get(timeline);
        return since == null ? OptionalLong.empty() : OptionalLong.of(since);
    }

    /** Declares that all keys of a timeline since a time have been added. */
    synchronized void complete(TimelineId timeline, long sinceMillis) {
        completeSince.put(timeline, sinceMillis);
    }

    /** Declares that keys of a room may be unknown. */
    synchronized void incomplete(RoomId room) {
        completeSince.keySet().removeIf(timeline -> timeline.room().equals(room));
    }

    /** FNV-1a, 64 bits, over author and key, mixed with the timeline. */
    private static long hash(TimelineId timeline, UserId author, String key) {
        long hash = 0xcbf29ce484222325L ^ timeline.hashCode();
        for (String part : new String[] {timeline.room().value(), author.value(), key}) {
            for (int i = 0; i < part.length(); i++) {
                hash = (hash ^ part.charAt(i)) * 0x100000001b3L;
            }
            hash = (hash ^ 0x1f) * 0x100000001b3L;
        }
        return hash;
    }
}
