package chat.chatto.core.timeline;

import chat.chatto.core.ChattoException;
import chat.chatto.core.ErrorCode;
import chat.chatto.core.account.UserId;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * Finds the message that a client's idempotency key already posted: among the newest keys in memory, and for a UUIDv7 that is older than
 * those in the pages back to the key's own time. Used by a room's sequencer only, when the room is known up to its newest commit.
 */
final class IdempotencyKeys {

    /** How far a client's clock may be ahead of the server's. */
    static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(10);

    /** How old a key may be. */
    static final Duration LIFETIME = Duration.ofHours(24);

    /** How far back keys are read from the pages when a timeline is first written to after a start. */
    private static final Duration PRELOAD = Duration.ofMinutes(10);

    private static final int PRELOAD_PAGES = 256;

    /** Bounds the search for an old key: 262,144 messages posted since. */
    private static final int SEARCH_PAGES = 4_096;

    private final Shard shard;
    private final KeyWindow window;

    IdempotencyKeys(Shard shard) {
        this.shard = shard;
        this.window = shard.keys();
    }

    /**
     * The ordinal of the message that this author posted with this key.
     *
     * @param head the ordinal of the timeline's newest message, -1 for none
     * @throws ChattoException IDEMPOTENCY_KEY_EXPIRED for a key too old or dated in the future, as it cannot be told whether it was used
     */
    OptionalLong find(TimelineId timeline, UserId author, String key, long head, long nowMillis) {
        OptionalLong time = UuidTime.millis(key);
        if (time.isPresent()) {
            checkTime(time.getAsLong(), nowMillis);
        }
        if (window.completeSince(timeline).isEmpty()) {
            preload(timeline, head, nowMillis);
        }
        OptionalLong recent = window.find(timeline, author, key);
        if (recent.isPresent()
                && entry(timeline, recent.getAsLong()).idempotencyKey().equals(key)) {
            return recent;
        }
        long safe = window.completeSince(timeline).orElse(nowMillis) + CLOCK_TOLERANCE.toMillis();
        if (time.isEmpty() || time.getAsLong() >= safe) {
            return OptionalLong.empty();
        }
        return search(timeline, author, key, head, time.getAsLong() - CLOCK_TOLERANCE.toMillis());
    }

    private static void checkTime(long keyMillis, long nowMillis) {
        if (keyMillis > nowMillis + CLOCK_TOLERANCE.toMillis()) {
            throw ChattoException.of(
                    ErrorCode.IDEMPOTENCY_KEY_EXPIRED,
                    "The idempotency key is dated in the future: set this device's clock, or use"
                            + " the time of GET /api/v1/server");
        }
        if (keyMillis < nowMillis - LIFETIME.toMillis()) {
            throw ChattoException.of(
                    ErrorCode.IDEMPOTENCY_KEY_EXPIRED,
                    "The idempotency key is older than 24 hours: check whether the message was"
                            + " posted, then post it with a new key");
        }
    }

    private void preload(TimelineId timeline, long head, long nowMillis) {
        long enough = nowMillis - PRELOAD.toMillis();
        long since = nowMillis;
        long newest = head < 0 ? -1 : head / PageKey.SIZE;
        long number = newest;
        while (number >= 0 && newest - number < PRELOAD_PAGES && since >= enough) {
            List<Entry> entries = page(timeline, number).entries();
            for (int slot = entries.size() - 1; slot >= 0; slot--) {
                window.add(timeline, number * PageKey.SIZE + slot, entries.get(slot));
                since = entries.get(slot).createdAtMillis();
            }
            number--;
        }
        window.complete(timeline, number < 0 ? 0 : since + 1);
    }

    private OptionalLong search(
            TimelineId timeline, UserId author, String key, long head, long fromMillis) {
        long newest = head / PageKey.SIZE;
        for (long number = head < 0 ? -1 : newest; number >= 0; number--) {
            if (newest - number >= SEARCH_PAGES) {
                throw ChattoException.of(
                        ErrorCode.IDEMPOTENCY_KEY_EXPIRED,
                        "Too much was posted since the idempotency key was made: check whether the"
                                + " message was posted, then post it with a new key");
            }
            List<Entry> entries = page(timeline, number).entries();
            for (int slot = entries.size() - 1; slot >= 0; slot--) {
                Entry entry = entries.get(slot);
                if (entry.idempotencyKey().equals(key) && entry.author().equals(author)) {
                    return OptionalLong.of(number * PageKey.SIZE + slot);
                }
            }
            if (!entries.isEmpty() && entries.getFirst().createdAtMillis() < fromMillis) {
                break;
            }
        }
        return OptionalLong.empty();
    }

    private Entry entry(TimelineId timeline, long ordinal) {
        return page(timeline, ordinal / PageKey.SIZE)
                .entry(ordinal)
                .orElseThrow(
                        () ->
                                new DamagedException(
                                        "Message " + ordinal + " of " + timeline + " is missing"));
    }

    private Page page(TimelineId timeline, long number) {
        return shard.page(new PageKey(timeline, number)).page();
    }
}
