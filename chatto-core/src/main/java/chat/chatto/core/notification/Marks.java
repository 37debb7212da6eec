package chat.chatto.core.notification;

import static chat.chatto.core.server.Records.FORMAT;

import chat.chatto.core.account.UserId;
import chat.chatto.core.stored.v1.StoredNotificationMarks;
import chat.chatto.storage.KeyValueStore;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Which of their notifications people marked as read or removed; only forwards. Safe for use by many threads; methods throw {@link
 * chat.chatto.storage.StorageException}.
 */
final class Marks {

    /** Single marks kept for one person; beyond, everything up to the oldest of them counts as marked. */
    static final int SINGLE = 1_000;

    static final String KIND = "notifications";

    private final AttentionDocuments<StoredNotificationMarks> documents;

    Marks(KeyValueStore store) {
        this.documents =
                new AttentionDocuments<>(
                        store,
                        KIND,
                        StoredNotificationMarks.parser(),
                        StoredNotificationMarks.getDefaultInstance());
    }

    AttentionDocuments<StoredNotificationMarks> documents() {
        return documents;
    }

    StoredNotificationMarks of(UserId user) {
        return documents.get(user);
    }

    static boolean read(StoredNotificationMarks marks, long sequence) {
        return sequence <= marks.getReadThrough() || marks.getReadList().contains(sequence);
    }

    static boolean removed(StoredNotificationMarks marks, long sequence) {
        return sequence <= marks.getClearedThrough() || marks.getRemovedList().contains(sequence);
    }

    void readThrough(UserId user, long sequence) {
        documents.change(
                user,
                marks ->
                        marks.getReadThrough() >= sequence
                                ? marks
                                : marks.toBuilder()
                                        .setFormat(FORMAT)
                                        .setReadThrough(sequence)
                                        .clearRead()
                                        .addAllRead(after(sequence, marks.getReadList()))
                                        .build());
    }

    void clearThrough(UserId user, long sequence) {
        documents.change(
                user,
                marks ->
                        marks.getClearedThrough() >= sequence
                                ? marks
                                : marks.toBuilder()
                                        .setFormat(FORMAT)
                                        .setClearedThrough(sequence)
                                        .clearRemoved()
                                        .addAllRemoved(after(sequence, marks.getRemovedList()))
                                        .build());
    }

    void read(UserId user, Collection<Long> sequences) {
        documents.change(
                user,
                marks -> {
                    List<Long> read =
                            merged(marks.getReadThrough(), marks.getReadList(), sequences);
                    var changed = marks.toBuilder().setFormat(FORMAT).clearRead();
                    if (read.size() > SINGLE) {
                        changed.setReadThrough(read.get(read.size() - SINGLE - 1));
                    }
                    return changed.addAllRead(newest(read)).build();
                });
    }

    void remove(UserId user, long sequence) {
        documents.change(
                user,
                marks -> {
                    List<Long> removed =
                            merged(
                                    marks.getClearedThrough(),
                                    marks.getRemovedList(),
                                    List.of(sequence));
                    var changed = marks.toBuilder().setFormat(FORMAT).clearRemoved();
                    if (removed.size() > SINGLE) {
                        changed.setClearedThrough(removed.get(removed.size() - SINGLE - 1));
                    }
                    return changed.addAllRemoved(newest(removed)).build();
                });
    }

    private static List<Long> after(long sequence, List<Long> single) {
        return single.stream().filter(one -> one > sequence).toList();
    }

    private static List<Long> merged(long through, List<Long> former, Collection<Long> added) {
        List<Long> all = new ArrayList<>(former);
        added.stream().filter(one -> one > through && !former.contains(one)).forEach(all::add);
        return all.stream().distinct().sorted().toList();
    }

    private static List<Long> newest(List<Long> sorted) {
        return sorted.subList(Math.max(0, sorted.size() - SINGLE), sorted.size());
    }
}
