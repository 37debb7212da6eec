package chat.chatto.core.notification;

import chat.chatto.core.ChattoException;
import chat.chatto.core.ErrorCode;
import chat.chatto.core.StorageFailures;
import chat.chatto.core.account.UserId;
import chat.chatto.core.readstate.ReadPositions;
import chat.chatto.core.stored.v1.StoredNotification;
import chat.chatto.core.stored.v1.StoredNotificationMarks;
import chat.chatto.core.timeline.Message;
import chat.chatto.core.timeline.MessageAddress;
import chat.chatto.core.timeline.TimelineId;
import chat.chatto.core.timeline.Timelines;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What people are notified of. A notification whose message was deleted, or may no longer be read, is gone; one whose message was read
 * counts as read. Safe for use by many threads; methods throw {@link ChattoException} UNAVAILABLE when storage does not answer.
 */
public final class Notifications {

    /** The most notifications in one part of the list. */
    public static final int LIMIT = 100;

    /** How many of the newest are looked at to count the unread ones. */
    public static final int COUNTED = 128;

    /** How many are looked at for one part of the list: many of them may be gone, or read. */
    private static final int SCANNED = 512;

    private final Inboxes inboxes;
    private final Marks marks;
    private final ThreadsOfMine threads;
    private final ReadPositions positions;
    private final Timelines timelines;

    Notifications(
            Inboxes inboxes,
            Marks marks,
            ThreadsOfMine threads,
            ReadPositions positions,
            Timelines timelines) {
        this.inboxes = inboxes;
        this.marks = marks;
        this.threads = threads;
        this.positions = positions;
        this.timelines = timelines;
    }

    /**
     * Somebody's notifications, the newest first.
     *
     * @param limit 1 to {@value #LIMIT}
     * @param cursor from the former part of the list; empty for the first one
     */
    public NotificationList list(
            UserId user, int limit, Optional<String> cursor, boolean unreadOnly) {
        if (limit < 1 || limit > LIMIT) {
            throw ChattoException.invalid("limit", "must be 1 to " + LIMIT);
        }
        Optional<Inboxes.Place> place = cursor.map(Notifications::place);
        return StorageFailures.translating(
                () -> {
                    Reading reading = new Reading(user);
                    List<Notification> found = new ArrayList<>();
                    Optional<String> next = reading.collect(place, limit, unreadOnly, found);
                    return new NotificationList(found, unread(reading), next);
                });
    }

    /** How many of somebody's newest {@value #COUNTED} notifications are unread. */
    public int unread(UserId user) {
        return StorageFailures.translating(() -> unread(new Reading(user)));
    }

    private int unread(Reading reading) {
        int unread = 0;
        int looked = 0;
        Inboxes.Part part = inboxes.newestBlock(reading.user);
        while (true) {
            for (Inboxes.Item item : part.items()) {
                if (looked++ == COUNTED || item.sequence() <= reading.marked.getReadThrough()) {
                    return unread;
                }
                if (!reading.hidden(item)
                        && !reading.read(item)
                        && reading.open(item).isPresent()) {
                    unread++;
                }
            }
            if (part.older().isEmpty()) {
                return unread;
            }
            part = inboxes.read(reading.user, part.older().get());
        }
    }

    /** What somebody was just notified of; empty when it is gone or was read already. */
    public Optional<Notification> open(AttentionEvent.Notified notified) {
        Inboxes.Item item = notified.item();
        return StorageFailures.translating(
                () -> {
                    Reading reading = new Reading(item.user());
                    return reading.hidden(item) || reading.read(item)
                            ? Optional.empty()
                            : reading.open(item);
                });
    }

    /** Marks some notifications as read; unknown ones do no harm. */
    public void markRead(UserId user, Collection<String> ids) {
        if (ids.size() > LIMIT) {
            throw ChattoException.invalid("ids", "must be at most " + LIMIT);
        }
        List<Long> sequences = ids.stream().map(NotificationIds::sequence).toList();
        StorageFailures.translating(
                () -> {
                    long newest = inboxes.newest(user);
                    marks.read(user, sequences.stream().filter(one -> one <= newest).toList());
                    return true;
                });
    }

    /** Marks everything up to now as read. */
    public void markAllRead(UserId user) {
        StorageFailures.translating(
                () -> {
                    marks.readThrough(user, inboxes.newest(user));
                    return true;
                });
    }

    /** Removes one notification; an unknown one does no harm. */
    public void remove(UserId user, String id) {
        long sequence = NotificationIds.sequence(id);
        StorageFailures.translating(
                () -> {
                    if (sequence <= inboxes.newest(user)) {
                        marks.remove(user, sequence);
                    }
                    return true;
                });
    }

    /** Removes everything up to now. */
    public void clear(UserId user) {
        StorageFailures.translating(
                () -> {
                    long newest = inboxes.newest(user);
                    marks.clearThrough(user, newest);
                    inboxes.purge(user, newest);
                    return true;
                });
    }

    private static Inboxes.Place place(String cursor) {
        int dot = cursor.indexOf('.');
        try {
            return new Inboxes.Place(
                    Long.parseLong(cursor.substring(0, Math.max(0, dot))),
                    Long.parseLong(cursor.substring(dot + 1)));
        } catch (NumberFormatException e) {
            throw ChattoException.invalid("cursor", "is none that this list gave");
        }
    }

    private static String cursor(Inboxes.Place place) {
        return place.block() + "." + place.before();
    }

    /** What is known of one person while their notifications are read. */
    private final class Reading {
        private final UserId user;
        private final StoredNotificationMarks marked;

        Reading(UserId user) {
            this.user = user;
            this.marked = marks.of(user);
        }

        /** @return where it goes on */
        Optional<String> collect(
                Optional<Inboxes.Place> from,
                int limit,
                boolean unreadOnly,
                List<Notification> found) {
            Inboxes.Part part =
                    from.map(place -> inboxes.read(user, place))
                            .orElseGet(() -> inboxes.newestBlock(user));
            int looked = 0;
            while (true) {
                for (Inboxes.Item item : part.items()) {
                    if (item.sequence() <= marked.getClearedThrough()) {
                        return Optional.empty();
                    }
                    if (found.size() == limit || looked == SCANNED) {
                        return Optional.of(
                                cursor(new Inboxes.Place(item.block(), item.sequence() + 1)));
                    }
                    looked++;
                    if (!hidden(item) && !(unreadOnly && read(item))) {
                        open(item).ifPresent(found::add);
                    }
                }
                if (part.older().isEmpty()) {
                    return Optional.empty();
                }
                if (found.size() == limit) {
                    return part.older().map(Notifications::cursor);
                }
                part = inboxes.read(user, part.older().get());
            }
        }

        boolean hidden(Inboxes.Item item) {
            return Marks.removed(marked, item.sequence());
        }

        boolean read(Inboxes.Item item) {
            return Marks.read(marked, item.sequence())
                    || (item.stored().getEmoji().isEmpty() && messageRead(item.stored()));
        }

        private boolean messageRead(StoredNotification stored) {
            TimelineId timeline = NotificationCodec.timeline(stored.getRoom(), stored.getLine());
            long position =
                    timeline.isThread()
                            ? threads.find(user, timeline)
                                    .map(ThreadOfMine::read)
                                    .orElse(ReadPositions.NOTHING_READ)
                            : positions.get(user, timeline.room());
            return position >= stored.getOrdinal();
        }

        /** With its message; empty when that is gone, may not be read any more, or the reaction was taken back. */
        Optional<Notification> open(Inboxes.Item item) {
            StoredNotification stored = item.stored();
            List<Occurrence> occurrences =
                    stored.getOccurrencesList().stream()
                            .map(NotificationCodec::decode)
                            .flatMap(Optional::stream)
                            .toList();
            if (occurrences.isEmpty()) {
                return Optional.empty(); // Of causes that only a newer version knows.
            }
            Optional<String> emoji =
                    stored.getEmoji().isEmpty() ? Optional.empty() : Optional.of(stored.getEmoji());
            UserId actor = new UserId(stored.getActor());
            return message(stored)
                    .filter(message -> message.deletedAt().isEmpty())
                    .filter(message -> emoji.isEmpty() || reacted(message, actor, emoji.get()))
                    .map(
                            message ->
                                    new Notification(
                                            NotificationIds.id(item.sequence()),
                                            occurrences,
                                            Instant.ofEpochMilli(stored.getAtMillis()),
                                            message,
                                            actor,
                                            emoji,
                                            read(item)));
        }

        private static boolean reacted(Message message, UserId actor, String emoji) {
            return message.reactions().stream()
                    .anyMatch(
                            reaction ->
                                    reaction.emoji().equals(emoji)
                                            && reaction.users().contains(actor));
        }

        private Optional<Message> message(StoredNotification stored) {
            var address =
                    new MessageAddress(
                            NotificationCodec.timeline(stored.getRoom(), stored.getLine()),
                            stored.getOrdinal());
            try {
                return Optional.of(timelines.message(user, address));
            } catch (ChattoException e) {
                if (e.code() == ErrorCode.UNAVAILABLE) {
                    throw e;
                }
                return Optional.empty();
            }
        }
    }
}
