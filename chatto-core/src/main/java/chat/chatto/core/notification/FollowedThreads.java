package chat.chatto.core.notification;

import chat.chatto.core.ChattoException;
import chat.chatto.core.ErrorCode;
import chat.chatto.core.StorageFailures;
import chat.chatto.core.account.UserId;
import chat.chatto.core.timeline.Message;
import chat.chatto.core.timeline.ThreadSummary;
import chat.chatto.core.timeline.TimelineId;
import chat.chatto.core.timeline.Timelines;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The threads that people follow, and how far they have read in them. Safe for use by many threads; methods throw {@link ChattoException}
 * UNAVAILABLE when storage does not answer.
 */
public final class FollowedThreads {

    /** The most threads in one part of the list. */
    public static final int LIMIT = 100;

    private final ThreadsOfMine threads;
    private final Timelines timelines;

    FollowedThreads(ThreadsOfMine threads, Timelines timelines) {
        this.threads = threads;
        this.timelines = timelines;
    }

    /**
     * Where somebody stands in a thread.
     *
     * @param read the ordinal of the last reply that they read, -1 for none
     * @param unread how many replies came after that
     */
    public record Standing(long read, long unread) {}

    /**
     * The threads that somebody follows and may read, the one with the newest reply first.
     *
     * @param limit 1 to {@value #LIMIT}
     * @param cursor from the former part of the list; empty for the first one
     */
    public FollowedThreadList list(
            UserId user, int limit, Optional<String> cursor, boolean unreadOnly) {
        if (limit < 1 || limit > LIMIT) {
            throw ChattoException.invalid("limit", "must be 1 to " + LIMIT);
        }
        List<FollowedThread> all =
                StorageFailures.translating(() -> threads.all(user)).stream()
                        .filter(ThreadOfMine::following)
                        .flatMap(one -> open(user, one).stream())
                        .sorted(
                                Comparator.comparing(FollowedThreads::lastReplyAt)
                                        .reversed()
                                        .thenComparing(FollowedThreads::key))
                        .toList();
        long unread = all.stream().filter(thread -> thread.unread() > 0).count();
        Stream<FollowedThread> wanted =
                all.stream().filter(thread -> !unreadOnly || thread.unread() > 0);
        if (cursor.isPresent()) {
            Place after = place(cursor.get());
            wanted = wanted.filter(thread -> after.isBefore(thread));
        }
        List<FollowedThread> found = wanted.limit(limit + 1L).toList();
        if (found.size() <= limit) {
            return new FollowedThreadList(found, unread, Optional.empty());
        }
        List<FollowedThread> part = found.subList(0, limit);
        FollowedThread last = part.getLast();
        return new FollowedThreadList(
                part, unread, Optional.of(lastReplyAt(last).toEpochMilli() + "." + key(last)));
    }

    /**
     * Moves somebody's position in a thread forwards; one further on stays.
     *
     * @throws ChattoException NOT_FOUND, FORBIDDEN
     */
    public Standing markRead(UserId user, TimelineId thread, long ordinal) {
        Message root = timelines.message(user, thread.root());
        long last = replies(root) - 1;
        return StorageFailures.translating(
                () -> {
                    threads.read(user, thread, Math.min(ordinal, last));
                    long read = threads.find(user, thread).map(ThreadOfMine::read).orElse(-1L);
                    return new Standing(read, Math.max(0, last - read));
                });
    }

    private Optional<FollowedThread> open(UserId user, ThreadOfMine thread) {
        try {
            Message root = timelines.message(user, thread.thread().root());
            return root.thread().isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            new FollowedThread(
                                    root,
                                    thread.read(),
                                    Math.max(0, replies(root) - 1 - thread.read())));
        } catch (ChattoException e) {
            if (e.code() == ErrorCode.UNAVAILABLE) {
                throw e;
            }
            return Optional.empty(); // Nobody is shown what they may not read any more.
        }
    }

    private static long replies(Message root) {
        return root.thread().map(ThreadSummary::replies).orElse(0L);
    }

    private static Instant lastReplyAt(FollowedThread thread) {
        return thread.root().thread().orElseThrow().lastReplyAt();
    }

    private static String key(FollowedThread thread) {
        return thread.root().address().timeline().room() + "." + thread.root().ordinal();
    }

    private record Place(long lastReplyAtMillis, String key) {

        /** Whether a thread comes after this place in the list. */
        boolean isBefore(FollowedThread thread) {
            long at = lastReplyAt(thread).toEpochMilli();
            return at < lastReplyAtMillis
                    || (at == lastReplyAtMillis && FollowedThreads.key(thread).compareTo(key) > 0);
        }
    }

    private static Place place(String cursor) {
        int dot = cursor.indexOf('.');
        try {
            return new Place(
                    Long.parseLong(cursor.substring(0, Math.max(0, dot))),
                    cursor.substring(dot + 1));
        } catch (NumberFormatException e) {
            throw ChattoException.invalid("cursor", "is none that this list gave");
        }
    }
}
