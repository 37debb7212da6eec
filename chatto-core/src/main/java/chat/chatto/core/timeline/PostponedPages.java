package chat.chatto.core.timeline;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a reader of {@link ContentFeed} has put off: pages that changed, to be looked at when there is time. However much is written, it is
 * few pages, since a page holds {@value PageKey#SIZE} messages. For one thread.
 */
public final class PostponedPages {

    /** How many pages are remembered. */
    private static final int MOST = 20_000;

    private final ContentFeed feed;

    /** With the last commit before those that changed the page. */
    private final Map<PageKey, Long> pages = new LinkedHashMap<>();

    private long through;

    PostponedPages(ContentFeed feed) {
        this.feed = feed;
    }

    public boolean isEmpty() {
        return pages.isEmpty();
    }

    /** What happened up to this commit was dealt with or put off; of no meaning while nothing is put off. */
    public long through() {
        return through;
    }

    /**
     * Puts off all that happened after a commit.
     *
     * @return false when commits after that one are not in memory any more, or too much is put off: go through the pages
     */
    public boolean add(long after) {
        Optional<Collection<Commit>> commits = feed.commits(after);
        if (commits.isEmpty()) {
            return false;
        }
        through = after;
        for (Commit commit : commits.get()) {
            for (PageKey key : commit.touched()) {
                pages.putIfAbsent(key, after);
            }
            through = commit.sequence();
        }
        return pages.size() <= MOST && feed.complete(after);
    }

    /** What was said in the page that was put off first, which is then looked at. @return nothing when nothing is put off */
    public List<ContentChange> next() {
        if (pages.isEmpty()) {
            return List.of();
        }
        Map.Entry<PageKey, Long> first = pages.entrySet().iterator().next();
        List<ContentChange> changes = feed.changed(first.getKey(), first.getValue());
        pages.remove(first.getKey());
        return changes;
    }
}
