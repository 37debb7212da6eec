package chat.chatto.core.search;

import chat.chatto.core.account.UserId;
import chat.chatto.core.timeline.ContentFeed;
import chat.chatto.storage.StorageException;

import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.LockObtainFailedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/**
 * Keeps the index of this server up to date, on a thread of its own. Nothing waits for it: it reads what happened from memory, and from the
 * pages what it missed. Whatever fails, it begins again after a while, with an empty index where the one there is cannot be used.
 */
final class Indexer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Indexer.class);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /** After that an index counts as one that had been well. */
    private static final Duration LASTING = Duration.ofMinutes(1);

    private static final Duration STORAGE_PAUSE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final IndexDirectory directory;
    private final List<ContentFeed> feeds;
    private final CountDownLatch end = new CountDownLatch(1);
    private final Queue<UserId> destroyed = new ConcurrentLinkedQueue<>();
    private volatile @Nullable SearchIndex open;
    private volatile @Nullable Filling filling;
    private volatile @Nullable Exception broken;
    private volatile SearchState state = SearchState.of(SearchState.Phase.OPENING);
    private volatile long searchedAt = System.nanoTime();
    private @Nullable Thread thread;

    Indexer(IndexDirectory directory, List<ContentFeed> feeds) {
        this.directory = directory;
        this.feeds = List.copyOf(feeds);
    }

    void start() {
        thread = Thread.ofPlatform().daemon().name("search-index").start(this::run);
    }

    SearchState state() {
        Filling now = filling;
        return now == null ? state : now.state();
    }

    /** The index to search in; empty while there is none that can be used. Whoever searches in it is about to. */
    Optional<SearchIndex> index() {
        searchedAt = System.nanoTime();
        return Optional.ofNullable(open);
    }

    /** Whether somebody searched so lately that what is written is made ready to be found as it comes. */
    boolean searchedLately() {
        return System.nanoTime() - searchedAt < Filling.LATELY.toNanos();
    }

    /** When somebody last searched, as of {@link System#nanoTime}. */
    long searchedAt() {
        return searchedAt;
    }

    /** Says that reading an index failed. */
    void broke(SearchIndex index, Exception why) {
        if (open == index) {
            broken = why;
        }
    }

    /** Somebody's key was destroyed: nothing that they wrote may stay in the index. */
    void forget(UserId author) {
        destroyed.add(author);
    }

    private void run() {
        Pace pace = new Pace(end);
        Duration pause = FIRST_PAUSE;
        int failures = 0;
        try {
            while (true) {
                long begun = System.nanoTime();
                try {
                    fill(pace);
                } catch (IOException | RuntimeException e) {
                    boolean lasted = System.nanoTime() - begun > LASTING.toNanos();
                    failures = lasted ? 1 : failures + 1;
                    pause = failures == 1 ? FIRST_PAUSE : min(pause.multipliedBy(2), LONGEST_PAUSE);
                    failed(e, failures > 1);
                }
                pace.pause(pause);
            }
        } catch (InterruptedException e) {
            LOG.debug("The search index is closed");
        }
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** @param again whether it failed shortly before, too */
    private void failed(Exception why, boolean again) {
        if (why instanceof LockObtainFailedException) {
            LOG.error(
                    "Nothing can be searched for: another server has the directory of the index"
                            + " open. Give each its own by search_provider.directory",
                    why);
            state = problem("another server has the directory of the index open");
            return;
        }
        boolean useless = again || isUseless(why);
        LOG.error("The search index failed and is {}", useless ? "made anew" : "opened again", why);
        state = problem("the index failed and is being made again");
        if (useless) {
            try {
                directory.clear();
            } catch (IOException e) {
                LOG.error("The search index cannot be removed", e);
            }
        }
    }

    private static SearchState problem(String what) {
        return new SearchState(SearchState.Phase.FAILED, 0, 0, what);
    }

    private static boolean isUseless(Exception why) {
        return why instanceof CorruptIndexException
                || why instanceof ForeignIndexException
                || why instanceof IndexFormatTooOldException
                || why instanceof IndexFormatTooNewException
                || why instanceof EOFException
                || why instanceof NoSuchFileException
                || why
                        instanceof
                        RuntimeException; // What Lucene makes of bytes that it does not know.
    }

    /** Opens the index and fills it until something fails. */
    private void fill(Pace pace) throws IOException, InterruptedException {
        try (Directory files = directory.open();
                SearchIndex index = SearchIndex.open(files)) {
            var begun = new Filling(index, feeds, pace, this::searchedAt);
            filling = begun;
            open = index;
            try {
                while (true) {
                    check();
                    step(begun, pace);
                }
            } catch (InterruptedException e) {
                begun.commit();
                throw e;
            } finally {
                open = null;
                filling = null;
                broken = null;
            }
        }
    }

    private void step(Filling filling, Pace pace) throws IOException, InterruptedException {
        try {
            for (UserId author = destroyed.peek(); author != null; author = destroyed.peek()) {
                filling.forget(author);
                destroyed.remove();
            }
            filling.step();
        } catch (StorageException e) {
            LOG.warn("The search index waits for storage: {}", e.getMessage());
            pace.pause(STORAGE_PAUSE);
        }
    }

    private void check() throws IOException {
        Exception why = broken;
        if (why instanceof IOException failure) {
            throw failure;
        }
        if (why instanceof RuntimeException failure) {
            throw failure;
        }
    }

    @Override
    public void close() {
        end.countDown();
        Thread running = thread;
        if (running != null) {
            try {
                running.join(PATIENCE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
