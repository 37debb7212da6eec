package chat.chatto.core.search;

import chat.chatto.core.account.UserId;
import chat.chatto.core.room.RoomId;
import chat.chatto.core.timeline.ContentChange;
import chat.chatto.core.timeline.ContentFeed;
import chat.chatto.core.timeline.MessageAddress;
import chat.chatto.core.timeline.PostponedPages;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * Brings what messages say into an open index, step by step. What it has not committed it does again after a crash; so what is committed
 * says exactly how far it came. For one thread.
 */
final class Filling {

    private static final Logger LOG = LoggerFactory.getLogger(Filling.class);

    /** Commits of the log that are dealt with in one step. */
    private static final int COMMITS = 256;

    /** How much of a processor it takes at most. */
    private static final double SHARE = 0.15;

    /** The same while it goes through the pages and not much is written. */
    private static final double WALK_SHARE = 0.7;

    /** As many commits in a second are much. */
    private static final long BUSY_COMMITS = 100;

    /** So near to missing something, it puts off what it cannot manage. */
    private static final double LATE = 0.5;

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private static final Duration TICK = Duration.ofMillis(100);
    private static final Duration REFRESH_INTERVAL = Duration.ofMillis(500);
    private static final Duration COMMIT_INTERVAL = Duration.ofSeconds(30);

    /** Whoever searched lately may search again: then what is new is made ready before. */
    static final Duration LATELY = Duration.ofMinutes(1);

    /** How many messages' reactions are remembered, so that each further one need not be looked at. */
    private static final int REMEMBERED = 4_096;

    private final SearchIndex index;
    private final List<ContentFeed> feeds;
    private final Pace pace;
    private final LongSupplier searchedAt;
    private final Map<Integer, Progress> progress = new TreeMap<>();
    private final Map<Integer, PostponedPages> postponed = new HashMap<>();
    private final Map<MessageAddress, Boolean> reacted =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<MessageAddress, Boolean> eldest) {
                    return size() > REMEMBERED;
                }
            };
    private boolean busy;
    private long lookedPosition;
    private long lookedAt;
    private long refreshedAt = System.nanoTime();
    private long committedAt = System.nanoTime();
    private long done;
    private long total;
    private volatile SearchState state = SearchState.of(SearchState.Phase.OPENING);

    /**
     * @param searchedAt when somebody last searched
     */
    Filling(SearchIndex index, List<ContentFeed> feeds, Pace pace, LongSupplier searchedAt) {
        this.index = index;
        this.feeds = feeds;
        this.pace = pace;
        this.searchedAt = searchedAt;
        for (ContentFeed feed : feeds) {
            progress.put(feed.shard(), begin(feed));
        }
        plan();
        tell();
    }

    private Progress begin(ContentFeed feed) {
        Optional<Progress> known = index.progress(feed.shard());
        if (known.isPresent()
                && (!known.get().incarnation().equals(feed.incarnation())
                        || known.get().through() > feed.position())) {
            throw new IllegalStateException("The index is of another history");
        }
        return known.orElseGet(() -> Progress.none(feed.incarnation(), feed.filedThrough()));
    }

    /** Counts what is to be looked at. */
    private void plan() {
        done = 0;
        total = 0;
        for (ContentFeed feed : feeds) {
            Progress now = now(feed);
            if (now.walk().isPresent()) {
                total += ahead(feed, now).values().stream().mapToLong(Long::longValue).sum();
            }
        }
    }

    private static SortedMap<RoomId, Long> ahead(ContentFeed feed, Progress progress) {
        NavigableMap<RoomId, Long> rooms = feed.rooms(progress.through());
        String last = progress.walk().orElseThrow().room();
        return last.isEmpty() ? rooms : rooms.tailMap(new RoomId(last), false);
    }

    private Progress now(ContentFeed feed) {
        Progress now = progress.get(feed.shard());
        if (now == null) {
            throw new IllegalStateException("No progress of shard " + feed.shard());
        }
        return now;
    }

    /** How far it is; any thread may ask. */
    SearchState state() {
        return state;
    }

    private void tell() {
        boolean walking = progress.values().stream().anyMatch(one -> one.walk().isPresent());
        state =
                walking
                        ? new SearchState(
                                SearchState.Phase.INDEXING, done, Math.max(done, total), "")
                        : SearchState.of(SearchState.Phase.CURRENT);
    }

    /**
     * Does a part of what there is to do, or waits a moment where there is nothing.
     *
     * @throws chat.chatto.storage.StorageException when storage does not answer; repeating is right
     */
    void step() throws IOException, InterruptedException {
        pace.begin();
        boolean idle = true;
        for (ContentFeed feed : feeds) {
            idle &= now(feed).walk().isPresent() ? !walk(feed) : !follow(feed);
        }
        tend();
        if (idle) {
            pace.pause(TICK);
        } else {
            pace.rest(SHARE);
        }
    }

    /** @return whether there was anything to do */
    private boolean follow(ContentFeed feed) throws IOException {
        PostponedPages late = postponed(feed);
        if (!late.isEmpty() || feed.lateness(now(feed).through()) > LATE) {
            return catchUp(feed, late);
        }
        Progress before = now(feed);
        Optional<ContentFeed.Batch> batch = feed.after(before.through(), COMMITS);
        if (batch.isEmpty()) {
            walkAgain(feed);
            return true;
        }
        boolean certain = before.through() >= before.overlap();
        for (ContentChange change : batch.get().changes()) {
            apply(feed, change, certain);
        }
        progress.put(feed.shard(), before.at(batch.get().through()));
        return batch.get().through() > before.through();
    }

    /** More is written than this server may spend on search: it is put off, page by page, and nothing is forgotten. */
    private boolean catchUp(ContentFeed feed, PostponedPages late) throws IOException {
        Progress before = now(feed);
        long seen = late.isEmpty() ? before.through() : late.through();
        if (!late.add(seen)) {
            walkAgain(feed);
            return true;
        }
        // Before anything of it is in the index: a commit may come at any time.
        progress.put(feed.shard(), before.overlapping(feed.position()));
        for (ContentChange change : late.next()) {
            apply(feed, change, false);
        }
        if (late.isEmpty()) {
            progress.put(feed.shard(), now(feed).at(late.through()));
        }
        return true;
    }

    private PostponedPages postponed(ContentFeed feed) {
        return postponed.computeIfAbsent(feed.shard(), _ -> feed.postponed());
    }

    private void walkAgain(ContentFeed feed) {
        LOG.info("Going through the pages for what search missed in shard {}", feed.shard());
        postponed.remove(feed.shard());
        progress.put(feed.shard(), now(feed).walking(feed.filedThrough()));
        plan();
    }

    /** @param certain whether what was posted just now cannot be in the index yet */
    private void apply(ContentFeed feed, ContentChange change, boolean certain) throws IOException {
        switch (change) {
            case ContentChange.Said said when Texts.any(said.message()) -> {
                if (said.added() && certain) {
                    index.add(said.message());
                } else {
                    index.put(said.message());
                }
                if (!said.added()) {
                    reacted.put(said.address(), !said.message().reactions().isEmpty());
                }
            }
            case ContentChange.Said said -> index.remove(said.address());
            case ContentChange.Silent silent -> index.remove(silent.address());
            case ContentChange.Reacted reaction -> {
                if (!Boolean.valueOf(reaction.any()).equals(reacted.get(reaction.address()))) {
                    apply(feed, feed.now(reaction.address()), false);
                }
            }
        }
    }

    /** Goes through one room. @return whether there was one */
    private boolean walk(ContentFeed feed) throws IOException, InterruptedException {
        Progress before = now(feed);
        SortedMap<RoomId, Long> ahead = ahead(feed, before);
        if (ahead.isEmpty()) {
            progress.put(feed.shard(), before.walked(feed.position()));
            index.refresh();
            LOG.info("Search has all messages of shard {}", feed.shard());
            commit();
            return false;
        }
        RoomId room = ahead.firstKey();
        long doneBefore = done;
        boolean fromScratch = before.fromScratch();
        if (fromScratch) {
            index.remove(room); // Begun before and not finished.
        }
        try {
            feed.walk(
                    room,
                    before.through(),
                    (changes, passed) -> {
                        for (ContentChange change : changes) {
                            visit(feed, change, fromScratch);
                        }
                        done += passed;
                        tend();
                        pace.rest(busy ? SHARE : WALK_SHARE);
                    });
        } catch (RuntimeException e) {
            done = doneBefore;
            throw e;
        }
        progress.put(feed.shard(), before.finished(room.value()));
        return true;
    }

    private void visit(ContentFeed feed, ContentChange change, boolean fromScratch)
            throws IOException {
        if (!fromScratch) {
            apply(feed, change, false);
        } else if (change instanceof ContentChange.Said said && Texts.any(said.message())) {
            index.add(said.message());
        }
    }

    /** Removes what somebody wrote whose key was destroyed. */
    void forget(UserId author) throws IOException {
        if (!index.knows(author)) {
            return;
        }
        List<MessageAddress> mixed;
        do {
            mixed = index.mixed(author);
            index.removeBy(author);
            for (MessageAddress address : mixed) {
                for (ContentFeed feed : feeds) {
                    if (feed.knows(address.timeline().room())) {
                        apply(feed, feed.now(address), false);
                    }
                }
            }
        } while (mixed.size() == SearchIndex.MOST_AT_ONCE);
    }

    private void tend() throws IOException {
        tell();
        long now = System.nanoTime();
        if (now - lookedAt > SECOND) {
            long position = feeds.stream().mapToLong(ContentFeed::position).sum();
            busy = (position - lookedPosition) * SECOND / (now - lookedAt) > BUSY_COMMITS;
            lookedPosition = position;
            lookedAt = now;
        }
        if (now - searchedAt.getAsLong() < LATELY.toNanos()
                && now - refreshedAt > REFRESH_INTERVAL.toNanos()) {
            index.refresh();
            refreshedAt = System.nanoTime();
        }
        if (index.uncommitted() && now - committedAt > COMMIT_INTERVAL.toNanos()) {
            commit();
        }
    }

    void commit() throws IOException {
        index.commit(progress);
        committedAt = System.nanoTime();
    }
}
