package chat.chatto.core.timeline;

import chat.chatto.core.room.RoomId;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;

/**
 * The pages that were used lately, bounded in bytes. Whoever applies a commit to a room changes the room's pages in here under the
 * room's lock, so that a page in the cache is always as new as its room. Safe for use by many threads.
 */
final class PageCache {

    private final Cache<PageKey, KnownPage> pages;

    /**
     * @param bytes how much the pages may take together, estimated
     */
    PageCache(long bytes) {
        Executor sameThread = Runnable::run;
        this.pages =
                Caffeine.newBuilder()
                        .maximumWeight(bytes)
                        .weigher((PageKey _, KnownPage known) -> known.page().weight())
                        .executor(sameThread)
                        .build();
    }

    Optional<KnownPage> find(PageKey key) {
        return Optional.ofNullable(pages.getIfPresent(key));
    }

    /** Call under the room's lock. */
    void put(KnownPage known) {
        pages.put(known.page().key(), known);
    }

    /** Changes a page that is in the cache. Call under the room's lock. */
    void change(PageKey key, UnaryOperator<KnownPage> change) {
        KnownPage known = pages.getIfPresent(key);
        if (known != null) {
            pages.put(key, change.apply(known));
        }
    }

    void drop(PageKey key) {
        pages.invalidate(key);
    }

    /** Drops all pages of a room. */
    void drop(RoomId room) {
        pages.asMap().keySet().removeIf(key -> key.timeline().room().equals(room));
    }
}
