package chat.chatto.core.timeline;

import chat.chatto.core.account.UserId;
import chat.chatto.core.room.RoomId;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The idempotency keys of the newest messages, bounded in number. Keys are kept as 64-bit hashes: whoever finds one compares the key in the
 * message itself. Safe for use by many threads.
 */
final class KeyWindow {

    private static final int LINES = 20_000;

    private record Known(long hash, TimelineId timeline, long ordinal, long atMillis) {}

    private final int capacity;
    private final Map<Long, Known> byHash = new HashMap<>();
    private final Deque<Known> oldestFirst = new ArrayDeque<>();

    /** Since when all keys of a timeline are known; timelines that nobody asked for are not in it. */
    private final Map<TimelineId, Long> completeSince =
            new LinkedHashMap<>(64, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<TimelineId, Long> eldest) {
                    return size() > LINES;
                }
            };

    KeyWindow(int capacity) {
        this.capacity = capacity;
    }

    /** Remembers a message that was just posted. */
    synchronized void add(Event.Post post) {
        if (post.idempotencyKey().isEmpty()) {
            return;
        }
        TimelineId timeline = post.address().timeline();
        add(
                new Known(
                        hash(timeline, post.actor(), post.idempotencyKey()),
                        timeline,
                        post.address().ordinal(),
                        post.atMillis()));
    }

    /** Remembers a message that was found in a page. */
    synchronized void add(TimelineId timeline, long ordinal, Entry entry) {
        if (!entry.idempotencyKey().isEmpty()) {
            long hash = hash(timeline, entry.author(), entry.idempotencyKey());
            add(new Known(hash, timeline, ordinal, entry.createdAtMillis()));
        }
    }

    private void add(Known known) {
        if (byHash.putIfAbsent(known.hash(), known) != null) {
            return;
        }
        oldestFirst.addLast(known);
        if (oldestFirst.size() > capacity) {
            Known forgotten = oldestFirst.removeFirst();
            byHash.remove(forgotten.hash());
            completeSince.computeIfPresent(
                    forgotten.timeline(), (_, since) -> Math.max(since, forgotten.atMillis() + 1));
        }
    }

    /** The ordinal of a message that probably has this key. */
    synchronized OptionalLong find(TimelineId timeline, UserId author, String key) {
        Known known = byHash.get(hash(timeline, author, key));
        return known != null && known.timeline().equals(timeline)
                ? OptionalLong.of(known.ordinal())
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
