package chat.chatto.core.notification;

import static chat.chatto.core.server.Records.FORMAT;

import chat.chatto.core.account.UserId;
import chat.chatto.core.stored.v1.StoredThreadOfMine;
import chat.chatto.core.stored.v1.StoredThreads;
import chat.chatto.core.timeline.TimelineId;
import chat.chatto.storage.KeyValueStore;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Which threads each person follows, and how far they have read in these and in others that they looked into. Safe for use by many threads;
 * methods throw {@link chat.chatto.storage.StorageException}.
 */
final class ThreadsOfMine {

    /** Of how many threads this is kept for one person; beyond, those changed longest ago are forgotten, unfollowed ones first. */
    static final int THREADS = 500;

    static final String KIND = "threads";

    private final AttentionDocuments<StoredThreads> documents;

    ThreadsOfMine(KeyValueStore store) {
        this.documents =
                new AttentionDocuments<>(
                        store, KIND, StoredThreads.parser(), StoredThreads.getDefaultInstance());
    }

    AttentionDocuments<StoredThreads> documents() {
        return documents;
    }

    List<ThreadOfMine> all(UserId user) {
        return documents.get(user).getThreadsList().stream().map(ThreadsOfMine::decode).toList();
    }

    Optional<ThreadOfMine> find(UserId user, TimelineId thread) {
        return all(user).stream().filter(one -> one.thread().equals(thread)).findFirst();
    }

    /** Moves a person's position in a thread forwards; one further on stays. @return whether it moved */
    boolean read(UserId user, TimelineId thread, long ordinal) {
        return change(
                user,
                thread,
                former ->
                        new ThreadOfMine(
                                thread, former.following(), Math.max(former.read(), ordinal)));
    }

    /**
     * From now on a person follows a thread, or no longer.
     *
     * @param read how far they count as having read; one further on stays
     * @return whether that is news
     */
    boolean follow(UserId user, TimelineId thread, boolean following, long read) {
        return change(
                user,
                thread,
                former -> new ThreadOfMine(thread, following, Math.max(former.read(), read)));
    }

    private boolean change(UserId user, TimelineId thread, UnaryOperator<ThreadOfMine> change) {
        return documents.change(
                user,
                stored -> {
                    List<StoredThreadOfMine> threads = new ArrayList<>(stored.getThreadsList());
                    Optional<StoredThreadOfMine> found =
                            threads.stream().filter(one -> is(one, thread)).findFirst();
                    ThreadOfMine former =
                            found.map(ThreadsOfMine::decode)
                                    .orElse(new ThreadOfMine(thread, false, -1));
                    ThreadOfMine changed = change.apply(former);
                    if (changed.equals(former)) {
                        return stored;
                    }
                    found.ifPresent(threads::remove);
                    threads.add(encode(changed));
                    while (threads.size() > THREADS) {
                        threads.remove(leastWanted(threads));
                    }
                    return StoredThreads.newBuilder()
                            .setFormat(FORMAT)
                            .addAllThreads(threads)
                            .build();
                });
    }

    private static int leastWanted(List<StoredThreadOfMine> threads) {
        for (int i = 0; i < threads.size() - 1; i++) {
            if (!threads.get(i).getFollowing()) {
                return i;
            }
        }
        return 0;
    }

    private static boolean is(StoredThreadOfMine stored, TimelineId thread) {
        return stored.getRoot() == thread.threadRoot().orElseThrow()
                && stored.getRoom().equals(thread.room().value());
    }

    private static StoredThreadOfMine encode(ThreadOfMine thread) {
        return StoredThreadOfMine.newBuilder()
                .setRoom(thread.thread().room().value())
                .setRoot(thread.thread().threadRoot().orElseThrow())
                .setFollowing(thread.following())
                .setRead(thread.read())
                .build();
    }

    private static ThreadOfMine decode(StoredThreadOfMine stored) {
        return new ThreadOfMine(
                NotificationCodec.timeline(stored.getRoom(), stored.getRoot() + 1),
                stored.getFollowing(),
                stored.getRead());
    }
}
