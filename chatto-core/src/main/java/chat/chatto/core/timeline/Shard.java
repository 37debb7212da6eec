package chat.chatto.core.timeline;

import chat.chatto.core.room.RoomId;
import chat.chatto.storage.EventLog;
import chat.chatto.storage.Following;
import chat.chatto.storage.KeyValueStore;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a server knows of one shard of room timelines. It follows the shard's log, keeps where each room ends and the commits that are
 * not folded yet, and brings pages up to date from storage and those commits. Safe for use by many threads.
 *
 * <p>Locking: one lock a room, held for moments and never while storage is asked.
 */
final class Shard implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Shard.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int CATCH_UP_BATCH = 100;

    private final int number;
    private final EventLog log;
    private final KeyValueStore documents;
    private final PageStore pages;
    private final PinStore pins;
    private final PageCache cache;
    private final PageFile file;
    private final KeyWindow keys;
    private final CommitRing ring;
    private final Map<RoomId, RoomState> rooms = new ConcurrentHashMap<>();
    private final Set<RoomState> unfoldedRooms = ConcurrentHashMap.newKeySet();
    private final AtomicLong unfoldedBytes = new AtomicLong();
    private final Signal changes = new Signal();
    private volatile long foldedThrough;
    private volatile @Nullable Following following;
    private volatile @Nullable Following progress;

    Shard(
            int number,
            EventLog log,
            KeyValueStore documents,
            PageCache cache,
            PageFile file,
            KeyWindow keys,
            TimelineLimits limits) {
        this.number = number;
        this.log = log;
        this.documents = documents;
        this.pages = new PageStore(documents, limits.spillBytes());
        this.pins = new PinStore(documents);
        this.cache = cache;
        this.file = file;
        this.keys = keys;
        this.ring = new CommitRing(limits.ringBytes(), limits.ringCommits());
    }

    int number() {
        return number;
    }

    EventLog log() {
        return log;
    }

    KeyValueStore documents() {
        return documents;
    }

    PageStore pages() {
        return pages;
    }

    PageCache cache() {
        return cache;
    }

    KeyWindow keys() {
        return keys;
    }

    CommitRing ring() {
        return ring;
    }

    /** Raised whenever commits were applied or folded. */
    Signal changes() {
        return changes;
    }

    /** Reads the short log; returns when everything stored at the call is known. */
    void start() throws InterruptedException {
        // The progress is read before the log, so that no commit after it can be missing in what
        // the log still holds.
        FoldProgress known = FoldProgress.read(documents);
        foldedThrough = known.foldedThrough();
        ring.startAfter(known.purgedThrough());
        progress = documents.watch(FoldProgress.PREFIX, this::progressed);
        Following started = log.follow(0, this::follow);
        following = started;
        started.awaitCurrent(PATIENCE);
    }

    /** Whether the log is being followed. */
    boolean alive() {
        Following log = following;
        return log != null && !log.failed();
    }

    /** The sequence up to which this server has seen the whole log. */
    long position() {
        Following log = following;
        return log == null ? 0 : log.position();
    }

    RoomState room(RoomId room) {
        return rooms.computeIfAbsent(room, RoomState::new);
    }

    /** Where a room ends; every page read afterwards is at least as new. */
    RoomTip tip(RoomState room) {
        room.lock.lock();
        try {
            return room.tip();
        } finally {
            room.lock.unlock();
        }
    }

    /** What is known of a room; looking does not create anything. */
    Optional<RoomState> find(RoomId room) {
        return Optional.ofNullable(rooms.get(room));
    }

    Collection<RoomState> rooms() {
        return rooms.values();
    }

    /** The rooms with commits that may be missing in the pages. */
    Set<RoomState> unfoldedRooms() {
        return unfoldedRooms;
    }

    long unfoldedBytes() {
        return unfoldedBytes.get();
    }

    long foldedThrough() {
        return foldedThrough;
    }

    private void follow(EventLog.Entry record) {
        RoomState room = room(new RoomId(record.key()));
        try {
            Commit commit =
                    unfoldedAt(room, record.sequence())
                            .orElseGet(
                                    () ->
                                            CommitCodec.decode(
                                                    room.id(),
                                                    record.sequence(),
                                                    record.content()));
            apply(room, commit);
            ring.append(commit);
        } catch (DamagedException e) {
            damaged(room, e);
        }
        changes.raise();
    }

    private static Optional<Commit> unfoldedAt(RoomState room, long sequence) {
        room.lock.lock();
        try {
            return room.unfoldedAt(sequence);
        } finally {
            room.lock.unlock();
        }
    }

    /** Takes in a commit that is stored; knowing it already does no harm. */
    void apply(RoomState room, Commit commit) {
        room.lock.lock();
        try {
            long before = room.unfoldedBytes();
            // Entered before the fold's progress is looked at: either this commit is seen as
            // folded, or folded() sees the room.
            unfoldedRooms.add(room);
            RoomState.Applied applied = room.apply(commit, foldedThrough);
            unfoldedBytes.addAndGet(room.unfoldedBytes() - before);
            if (!room.hasUnfolded()) {
                unfoldedRooms.remove(room);
            }
            if (applied == RoomState.Applied.KNOWN) {
                return;
            }
            if (applied == RoomState.Applied.AFTER_GAP) {
                cache.drop(room.id());
                file.drop(room.id());
                keys.incomplete(room.id());
                ring.startAfter(commit.previousSequence());
            }
            room.damage().ifPresent(why -> LOG.error("Room {} is damaged: {}", room.id(), why));
            remember(commit);
        } catch (DamagedException e) {
            damaged(room, e);
        } finally {
            room.lock.unlock();
        }
    }

    private void remember(Commit commit) {
        for (Event event : commit.events()) {
            if (event instanceof Event.Post post) {
                keys.add(post);
            }
        }
        for (PageKey key : commit.touched()) {
            cache.change(key, page -> page.apply(commit));
            file.drop(key);
        }
    }

    /** Takes a room out of service whose stored history contradicts itself. */
    void damaged(RoomState room, DamagedException cause) {
        LOG.error("Room {} is damaged and will not be shown", room.id(), cause);
        room.damaged(String.valueOf(cause.getMessage()));
    }

    /**
     * Asks the log's leader for commits of a room that this server does not know yet.
     *
     * @throws chat.chatto.storage.StorageException when there is no answer
     */
    void catchUp(RoomState room) {
        List<EventLog.Entry> records;
        do {
            records = log.read(room.id().value(), room.tip().sequence(), CATCH_UP_BATCH);
            for (EventLog.Entry entry : records) {
                apply(room, CommitCodec.decode(room.id(), entry.sequence(), entry.content()));
            }
        } while (records.size() == CATCH_UP_BATCH);
    }

    /**
     * A page, as new as its room is known here.
     *
     * @throws DamagedException when what is stored of the page contradicts itself
     * @throws chat.chatto.storage.StorageException when it must be read and there is no answer
     */
    KnownPage page(PageKey key) {
        Optional<KnownPage> cached = cache.find(key);
        if (cached.isPresent()) {
            return cached.get();
        }
        RoomState room = room(key.timeline().room());
        while (true) {
            long dropped = room.droppedThrough();
            Optional<KnownPage> kept = file.find(key);
            KnownPage page = kept.isPresent() ? kept.get() : pages.load(key);
            Optional<PageFile.Place> place = Optional.empty();
            room.lock.lock();
            try {
                // A commit that was dropped meanwhile may be neither in the document just read nor
                // among the unfolded ones.
                if (room.droppedThrough() != dropped) {
                    continue;
                }
                Optional<KnownPage> raced = cache.find(key);
                if (raced.isPresent()) {
                    return raced.get();
                }
                for (Commit commit : room.unfolded()) {
                    page = page.apply(commit);
                }
                if (!page.page().entries().isEmpty()) {
                    cache.put(page);
                }
                if (kept.isEmpty()) {
                    place = file.reserve(page);
                }
            } finally {
                room.lock.unlock();
            }
            keep(place, page);
            return page;
        }
    }

    /**
     * What is pinned in a room, as new as the room is known here.
     *
     * @throws DamagedException when what is stored of it cannot be read
     * @throws chat.chatto.storage.StorageException when there is no answer
     */
    PinStore.Known pins(RoomState room) {
        while (true) {
            long dropped = room.droppedThrough();
            PinStore.Known known = pins.load(room.id());
            room.lock.lock();
            try {
                if (room.droppedThrough() != dropped) {
                    continue; // as for a page
                }
                for (Commit commit : room.unfolded()) {
                    known = known.apply(commit);
                }
                return known;
            } finally {
                room.lock.unlock();
            }
        }
    }

    /**
     * Writes what is pinned in a room.
     *
     * @throws chat.chatto.storage.ConflictException when another server wrote it since it was read
     */
    void store(PinStore.Known known) {
        pins.store(known);
    }

    /** Takes in that a page was written to storage. */
    void stored(RoomState room, KnownPage stored) {
        PageKey key = stored.page().key();
        Optional<PageFile.Place> place = Optional.empty();
        room.lock.lock();
        try {
            cache.change(key, newer -> newer.afterStoring(stored));
            if (cache.find(key).filter(now -> !now.dirty()).isPresent()) {
                place = file.reserve(stored);
            }
        } finally {
            room.lock.unlock();
        }
        keep(place, stored);
    }

    private void keep(Optional<PageFile.Place> place, KnownPage page) {
        place.ifPresent(reserved -> file.write(reserved, page));
    }

    private void progressed(KeyValueStore.Change change) {
        if (change instanceof KeyValueStore.Change.Put put) {
            folded(FoldProgress.decode(put.value(), put.revision()).foldedThrough());
        }
    }

    /** Forgets commits that are in the pages. */
    void folded(long through) {
        if (through <= foldedThrough) {
            return;
        }
        foldedThrough = through;
        for (RoomState room : List.copyOf(unfoldedRooms)) {
            room.lock.lock();
            try {
                long before = room.unfoldedBytes();
                room.folded(through);
                unfoldedBytes.addAndGet(room.unfoldedBytes() - before);
                if (!room.hasUnfolded()) {
                    unfoldedRooms.remove(room);
                }
            } finally {
                room.lock.unlock();
            }
        }
        changes.raise();
    }

    @Override
    public void close() {
        for (Following running : new @Nullable Following[] {following, progress}) {
            if (running != null) {
                running.close();
            }
        }
    }
}
