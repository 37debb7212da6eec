package chat.chatto.core.server;

import chat.chatto.core.ChattoException;
import chat.chatto.core.StorageFailures;
import chat.chatto.storage.Bucket;
import chat.chatto.storage.ConflictException;
import chat.chatto.storage.Following;
import chat.chatto.storage.KeyValueStore;
import chat.chatto.storage.KeyValueStore.Change;
import chat.chatto.storage.KeyValueStore.Entry;
import chat.chatto.storage.KeyValueStore.Write;
import chat.chatto.storage.Storage;
import chat.chatto.storage.UnavailableException;

import jakarta.inject.Inject;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/**
 * The bucket SERVER: changed by atomic transactions, and its entities followed by one watch that keeps every feature's {@link
 * Projection} current. A transaction returns when this server's own copy shows it. Safe for use by many threads.
 *
 * <p>Entities have the keys that {@link #entity} makes. All other keys are read on demand only: what a server need not have in memory,
 * such as the hashes of passwords and the reservations of names, does not cost its start any time either.
 */
public final class ServerBucket implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ServerBucket.class);

    /** How long the copy may take to show what storage has acknowledged. */
    private static final Duration APPLY_DEADLINE = Duration.ofSeconds(10);

    private static final Duration START_PATIENCE = Duration.ofSeconds(30);

    private static final String ENTITY = "entity";

    private final KeyValueStore store;
    private final Map<String, Projection> projections = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition advanced = lock.newCondition();

    private volatile long revision;
    private volatile boolean live;
    private volatile @Nullable Following following;

    @Inject
    public ServerBucket(Storage storage) {
        this.store = storage.bucket(Bucket.SERVER);
    }

    /**
     * The key of an entity.
     *
     * @param kind tells its projection
     * @param id one or more tokens, joined by dots
     */
    public static String entity(String kind, String id) {
        return ENTITY + "." + kind + "." + id;
    }

    /** The id in an entity's key. */
    public static String id(String key) {
        return key.substring(key.indexOf('.', ENTITY.length() + 1) + 1);
    }

    /** Registers the projection of a kind of entities, before {@link #start()}. */
    public void register(String kind, Projection projection) {
        if (following != null) {
            throw new IllegalStateException("Projections are registered before the start");
        }
        if (projections.putIfAbsent(kind, projection) != null) {
            throw new IllegalArgumentException("Two projections of " + kind);
        }
    }

    /**
     * Fills the copy and goes on following; returns when it shows everything that was stored at the call. It waits as long as there is
     * progress.
     *
     * @throws ChattoException UNAVAILABLE when nothing came for half a minute
     */
    public void start() throws InterruptedException {
        if (following != null) {
            throw new IllegalStateException("Already started");
        }
        try {
            Following started = store.watch(ENTITY, this::apply);
            following = started;
            started.awaitCurrent(START_PATIENCE);
        } catch (UnavailableException e) {
            throw ChattoException.unavailable(
                    START_PATIENCE, "The server's entities could not be read", e);
        }
        // The newest record may be a removal from before the start, which is not delivered.
        advance(position());
        live = true;
    }

    /** Whether the copy is complete and still followed. */
    public boolean current() {
        Following followed = following;
        return live && followed != null && !followed.failed();
    }

    /** The revision of the newest entity's change that the copy shows. */
    public long revision() {
        return revision;
    }

    /** The present value of a key, never stale. */
    public Optional<Entry> read(String key) {
        return StorageFailures.translating(() -> store.get(key));
    }

    /**
     * Brings the copy up to the present value of an entity. Ask this before telling anybody that something does not exist: it may have been
     * made through another server a moment ago.
     *
     * @return whether the key holds a value
     */
    public boolean catchUp(String key) {
        Optional<Entry> entry = read(key);
        entry.ifPresent(present -> awaitApplied(present.revision()));
        return entry.isPresent();
    }

    /**
     * Does all writes or none, and returns when the copy shows them.
     *
     * @return the revision of the last write
     * @throws ConflictException when any expectation fails; nothing was stored
     * @throws ChattoException UNAVAILABLE when the outcome is unknown
     */
    public long transact(List<Write> writes) {
        long stored = StorageFailures.translating(() -> store(writes));
        int last = writes.size() - 1;
        IntStream.rangeClosed(0, last)
                .filter(write -> writes.get(write).key().startsWith(ENTITY + "."))
                .max()
                .ifPresent(newest -> awaitApplied(stored - (last - newest)));
        return stored;
    }

    /**
     * Waits until the copy shows a revision.
     *
     * @throws ChattoException UNAVAILABLE when that takes too long
     */
    public void awaitApplied(long target) {
        if (revision >= target) {
            return;
        }
        lock.lock();
        try {
            long nanos = APPLY_DEADLINE.toNanos();
            while (revision < target) {
                nanos = advanced.awaitNanos(nanos);
                if (nanos <= 0) {
                    throw ChattoException.unavailable(
                            Duration.ofSeconds(2), "This server lags behind storage", null);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ChattoException.unavailable(Duration.ofSeconds(2), "Interrupted", e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        Following followed = following;
        if (followed != null) {
            followed.close();
        }
    }

    private long store(List<Write> writes) {
        try {
            return store.transact(writes);
        } catch (UnavailableException | ConflictException e) {
            return landed(writes).orElseThrow(() -> e);
        }
    }

    /**
     * The last write's revision, when all of them are there: an answer that never came does not mean that nothing was stored, and a
     * conflict may be one with an own attempt that came through.
     */
    private Optional<Long> landed(List<Write> writes) {
        Optional<Long> revision = Optional.empty();
        for (Write write : writes) {
            Optional<Entry> entry = store.get(write.key());
            boolean there =
                    written(write)
                            .map(
                                    value ->
                                            entry.isPresent()
                                                    && Arrays.equals(entry.get().value(), value))
                            .orElse(entry.isEmpty());
            if (!there) {
                return Optional.empty();
            }
            revision = entry.map(Entry::revision);
        }
        return revision;
    }

    /** What a key holds after a write, empty after a removal. */
    private static Optional<byte[]> written(Write write) {
        return switch (write) {
            case Write.Put put -> Optional.of(put.value());
            case Write.Create create -> Optional.of(create.value());
            case Write.Update update -> Optional.of(update.value());
            case Write.Remove _ -> Optional.empty();
        };
    }

    private void apply(Change change) {
        String key = change.key();
        int kind = ENTITY.length() + 1;
        Projection projection = projections.get(key.substring(kind, key.indexOf('.', kind)));
        if (projection != null) {
            try {
                projection.apply(change, live);
            } catch (RuntimeException e) {
                log.error(
                        "Left out a record nobody understands: {} at {}",
                        key,
                        change.revision(),
                        e);
            }
        }
        advance(change.revision());
    }

    private long position() {
        Following followed = following;
        return followed == null ? 0 : followed.position();
    }

    private void advance(long applied) {
        lock.lock();
        try {
            revision = Math.max(revision, applied);
            advanced.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
