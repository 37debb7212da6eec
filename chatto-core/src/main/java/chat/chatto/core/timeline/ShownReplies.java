package chat.chatto.core.timeline;

import chat.chatto.core.room.RoomId;
import chat.chatto.storage.UnavailableException;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The thread replies that entries of a main line show, each of their pages read once and all at the same time. Immutable. */
final class ShownReplies {

    private static final ShownReplies NONE = new ShownReplies(Map.of());

    private final Map<Echo.Of, Entry> replies;

    private ShownReplies(Map<Echo.Of, Entry> replies) {
        this.replies = replies;
    }

    /**
     * Those that these entries show, at least as new as the entries.
     *
     * @throws DamagedException when one is missing
     * @throws chat.chatto.storage.StorageException when a page must be read and there is no answer
     */
    static ShownReplies of(Shard shard, RoomId room, Collection<Entry> entries) {
        List<Echo.Of> shown = entries.stream().flatMap(entry -> entry.shown().stream()).toList();
        if (shown.isEmpty()) {
            return NONE;
        }
        Set<PageKey> keys = new LinkedHashSet<>();
        shown.forEach(of -> keys.add(PageKey.of(address(room, of))));
        Map<Echo.Of, Entry> replies = new HashMap<>();
        for (Page page : pages(shard, keys)) {
            for (Echo.Of of : shown) {
                MessageAddress address = address(room, of);
                if (PageKey.of(address).equals(page.key())) {
                    replies.put(of, page.entry(address.ordinal()).orElseThrow(() -> missing(of)));
                }
            }
        }
        return new ShownReplies(replies);
    }

    /** Where the reply stands that an entry shows. */
    static MessageAddress address(RoomId room, Echo.Of of) {
        return new MessageAddress(TimelineId.thread(room, of.root()), of.ordinal());
    }

    /** The reply that one of the entries shows, or the entry itself. */
    Entry contentOf(Entry entry) {
        return entry.shown().map(replies::get).orElse(entry);
    }

    private static DamagedException missing(Echo.Of of) {
        return new DamagedException(
                "Reply " + of.ordinal() + " in the thread of message " + of.root() + " is missing");
    }

    /** As many at once as a read has messages at most. */
    private static List<Page> pages(Shard shard, Set<PageKey> keys) {
        if (keys.size() == 1) {
            return keys.stream().map(key -> shard.page(key).page()).toList();
        }
        List<Page> pages = new ArrayList<>();
        try (ExecutorService tasks = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Page>> reads = new ArrayList<>();
            keys.forEach(key -> reads.add(() -> shard.page(key).page()));
            for (Future<Page> page : tasks.invokeAll(reads)) {
                pages.add(page.get());
            }
            return pages;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("Interrupted while reading", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
