package chat.chatto.core.notification;

import chat.chatto.core.account.UserId;
import chat.chatto.core.server.Records;
import chat.chatto.core.stored.v1.StoredNotification;
import chat.chatto.storage.ConflictException;
import chat.chatto.storage.EventLog;
import chat.chatto.storage.StorageException;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What people were notified of, as it is stored: one line of records a person, each of which says where the block before its own begins,
 * so that the newest are read first without looking at the rest. Safe for use by many threads; methods throw {@link StorageException}.
 */
final class Inboxes {

    /** People whose line's end is in memory. */
    private static final int REMEMBERED = 20_000;

    private final EventLog log;
    private final Cache<UserId, InboxEnd> ends =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    Inboxes(EventLog log) {
        this.log = log;
    }

    /** One stored notification. */
    record Item(UserId user, long sequence, StoredNotification stored) {

        static Item of(EventLog.Entry entry) {
            return new Item(
                    new UserId(entry.key()),
                    entry.sequence(),
                    Records.parse(StoredNotification.parser(), entry.content()));
        }

        /** The sequence of the first one of its block. */
        long block() {
            return stored.getBlock() == 0 ? sequence : stored.getBlock();
        }
    }

    /**
     * A part of somebody's notifications.
     *
     * @param block where the part's block begins
     * @param before only what is before this sequence; of the newest block everything
     */
    record Place(long block, long before) {}

    /**
     * Notifications, the newest first.
     *
     * @param older where it goes on
     */
    record Part(List<Item> items, Optional<Place> older) {}

    /** Makes the ends of these lines known, all with few questions. */
    void prepare(Collection<UserId> users) {
        List<String> unknown =
                users.stream()
                        .filter(user -> ends.getIfPresent(user) == null)
                        .map(UserId::value)
                        .toList();
        if (unknown.isEmpty()) {
            return;
        }
        var found = log.last(unknown);
        for (String user : unknown) {
            EventLog.Entry last = found.get(user);
            ends.put(new UserId(user), last == null ? InboxEnd.EMPTY : InboxEnd.of(last));
        }
    }

    /**
     * Notifies somebody of an activity, unless they were notified of it before: then a writer was interrupted that had come this far.
     * Activities of one shard come in order.
     */
    void append(UserId user, Source source, StoredNotification content) {
        InboxEnd end = ends.getIfPresent(user);
        if (end == null) {
            end = end(user);
        }
        try {
            while (!end.knows(source)) {
                StoredNotification next = end.next(content, source);
                try {
                    long sequence = log.append(user.value(), end.sequence(), next.toByteArray());
                    end = InboxEnd.after(next, sequence);
                } catch (ConflictException _) {
                    end = end(user); // Another writer, or what was known of the end was old.
                }
            }
            ends.put(user, end);
        } catch (StorageException e) {
            ends.invalidate(user);
            throw e;
        }
    }

    /** Forgets what is older than somebody's notification; the newest one stays in any case, so that nothing is notified of twice. */
    void purge(UserId user, long through) {
        long newest = newest(user);
        log.purge(user.value(), Math.min(newest, through + 1));
    }

    private InboxEnd end(UserId user) {
        return log.last(user.value()).map(InboxEnd::of).orElse(InboxEnd.EMPTY);
    }

    /** The sequence of somebody's newest notification, 0 for none. */
    long newest(UserId user) {
        return log.last(user.value()).map(EventLog.Entry::sequence).orElse(0L);
    }

    /** The newest block of somebody's notifications. */
    Part newestBlock(UserId user) {
        InboxEnd end = end(user);
        return end.sequence() == 0
                ? new Part(List.of(), Optional.empty())
                : read(user, new Place(end.block(), Long.MAX_VALUE));
    }

    /** What is left of a block, the newest first. */
    Part read(UserId user, Place place) {
        List<Item> items =
                log.read(user.value(), place.block() - 1, InboxEnd.BLOCK).stream()
                        .filter(entry -> entry.sequence() < place.before())
                        .map(Item::of)
                        // Where a part of the block is gone, others were read after it.
                        .filter(item -> item.block() == place.block())
                        .sorted(Comparator.comparingLong(Item::sequence).reversed())
                        .toList();
        Optional<Place> older =
                items.isEmpty() || items.getLast().stored().getPreviousBlock() == 0
                        ? Optional.empty()
                        : Optional.of(
                                new Place(
                                        items.getLast().stored().getPreviousBlock(),
                                        place.block()));
        return new Part(items, older);
    }
}
