package chat.chatto.core.timeline;

import chat.chatto.core.room.RoomId;
import chat.chatto.core.stored.v1.CachedPage;

import com.google.protobuf.InvalidProtocolBufferException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Full pages that were read or folded lately, in a file that the system deletes with the process: reading far back in a room asks storage
 * once for a page. The file is written in a ring, so that the oldest pages make room for new ones. Bodies in it are encrypted like in
 * storage. When the disk fails the file is given up, and pages come from storage again. Safe for use by many threads.
 *
 * <p>A page in here is as new as its room, like one in {@link PageCache}: whoever applies a commit drops the pages that it changed, and a
 * place is reserved, both under the room's lock. A page that was dropped while it is being written is not found afterwards.
 */
final class PageFile implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PageFile.class);

    /** Bounds what it costs in memory to know where they are: about 8 MiB. */
    private static final int MOST_PAGES = 32_768;

    /** A larger page is rare, and not worth the many that would give way to it. */
    private static final int LARGEST_PAGE = 1 << 20;

    /** Where a page is, once it is written. Compared by identity: a page that is dropped and kept again has another place. */
    static final class Place {
        private final PageKey key;
        private long offset;
        private volatile int size;

        private Place(PageKey key) {
            this.key = key;
        }
    }

    private final long capacity;
    private final Map<PageKey, Place> places = new ConcurrentHashMap<>();
    private final ReentrantLock writing = new ReentrantLock();
    private final Deque<Place> written = new ArrayDeque<>(); // in the order of the ring
    private volatile @Nullable FileChannel file;
    private long next;

    PageFile(PageFileConfig config) {
        capacity = config.bytes();
        if (capacity >= LARGEST_PAGE) {
            file = open(config.directory());
        }
    }

    /** Without a name from the start, so that nothing is left when the process is killed. */
    private static @Nullable FileChannel open(Path directory) {
        try {
            return FileChannel.open(
                    Files.createTempFile(directory, "chatto-pages-", ".tmp"),
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.DELETE_ON_CLOSE);
        } catch (IOException e) {
            LOG.warn("Pages cannot be kept in {}: every page will be read from NATS", directory, e);
            return null;
        }
    }

    /** A page as it is now. */
    Optional<KnownPage> find(PageKey key) {
        Place place = places.get(key);
        FileChannel channel = file;
        if (place == null || place.size == 0 || channel == null) {
            return Optional.empty();
        }
        try {
            ByteBuffer content = ByteBuffer.allocate(place.size);
            while (content.hasRemaining()) {
                if (channel.read(content, place.offset + content.position()) < 0) {
                    return Optional.empty();
                }
            }
            // Its bytes are overwritten only after the place is forgotten, so what was read is
            // whole.
            return places.get(key) == place
                    ? Optional.of(decode(key, content.array()))
                    : Optional.empty();
        } catch (IOException e) {
            giveUp(e);
            return Optional.empty();
        }
    }

    /**
     * Begins to keep a page. Call under the room's lock with a page that has all of the room's commits.
     *
     * @return for {@link #write} once the lock is released; empty when the page is not kept
     */
    Optional<Place> reserve(KnownPage known) {
        boolean full = known.page().entries().size() == PageKey.SIZE;
        if (file == null || !full || known.dirty()) {
            return Optional.empty();
        }
        Place place = new Place(known.page().key());
        return places.putIfAbsent(place.key, place) == null ? Optional.of(place) : Optional.empty();
    }

    /** Writes a page into its place. */
    void write(Place place, KnownPage known) {
        byte[] content = encode(known);
        FileChannel channel = file;
        if (channel == null || content.length > LARGEST_PAGE) {
            places.remove(place.key, place);
            return;
        }
        writing.lock();
        try {
            if (next + content.length > capacity) {
                makeRoom(next, capacity); // the oldest, which lie beyond, must not be passed over
                next = 0;
            }
            makeRoom(next, next + content.length);
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest, next + rest.position());
            }
            place.offset = next;
            place.size = content.length; // found from here on, unless it was dropped
            written.addLast(place);
            next += content.length;
        } catch (IOException e) {
            giveUp(e);
        } finally {
            writing.unlock();
        }
    }

    /** Forgets the oldest pages: those in the way, and those beyond the bound. */
    private void makeRoom(long from, long to) {
        while (!written.isEmpty()) {
            Place oldest = written.getFirst();
            boolean inTheWay = oldest.offset < to && oldest.offset + oldest.size > from;
            if (!inTheWay && written.size() < MOST_PAGES) {
                return;
            }
            written.removeFirst();
            places.remove(oldest.key, oldest);
        }
    }

    /** Forgets a page that has changed. Call under the room's lock. */
    void drop(PageKey key) {
        places.remove(key);
    }

    /** Forgets all pages of a room. Call under the room's lock. */
    void drop(RoomId room) {
        places.keySet().removeIf(key -> key.timeline().room().equals(room));
    }

    private static byte[] encode(KnownPage known) {
        return CachedPage.newBuilder()
                .setKey(known.page().key().documentKey())
                .setRevision(known.revision())
                .setPage(PageCodec.encode(known.page()))
                .putAllSpilled(known.spilled())
                .build()
                .toByteArray();
    }

    private static KnownPage decode(PageKey key, byte[] content) throws IOException {
        CachedPage kept;
        try {
            kept = CachedPage.parseFrom(content);
        } catch (InvalidProtocolBufferException e) {
            throw new IOException("What was kept of page " + key.documentKey() + " is broken", e);
        }
        if (!kept.getKey().equals(key.documentKey())) {
            throw new IOException("Page " + kept.getKey() + " was kept for " + key.documentKey());
        }
        Page page = PageCodec.decode(key, kept.getPage());
        return new KnownPage(
                page, kept.getRevision(), page.appliedSequence(), kept.getSpilledMap());
    }

    private void giveUp(IOException cause) {
        LOG.warn(
                "The file that keeps pages fails: every page is read from NATS from now on", cause);
        close();
    }

    @Override
    public void close() {
        FileChannel channel = file;
        file = null;
        places.clear();
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                LOG.warn("The file that keeps pages was not closed", e);
            }
        }
    }
}
