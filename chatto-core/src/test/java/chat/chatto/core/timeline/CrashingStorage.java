package chat.chatto.core.timeline;

import chat.chatto.storage.Broadcast;
import chat.chatto.storage.Bucket;
import chat.chatto.storage.EventLog;
import chat.chatto.storage.Follower;
import chat.chatto.storage.Following;
import chat.chatto.storage.KeyValueStore;
import chat.chatto.storage.Leases;
import chat.chatto.storage.ObjectStore;
import chat.chatto.storage.Storage;
import chat.chatto.storage.UnavailableException;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The real storage of a server whose folder dies: after a number of writes to the pages and purges of the log, none of its further ones is
 * carried out. Everything else passes through.
 */
final class CrashingStorage implements Storage {

    private final Storage storage;
    private final AtomicInteger writesLeft;

    CrashingStorage(Storage storage, int writes) {
        this.storage = storage;
        this.writesLeft = new AtomicInteger(writes);
    }

    /** Whether the end of the allowed writes was reached. */
    boolean crashed() {
        return writesLeft.get() < 0;
    }

    private void write() {
        if (writesLeft.decrementAndGet() < 0) {
            throw new UnavailableException("The folder is dead");
        }
    }

    @Override
    public KeyValueStore pages(int shard) {
        return new Pages(storage.pages(shard));
    }

    @Override
    public EventLog rooms(int shard) {
        return new Rooms(storage.rooms(shard));
    }

    @Override
    public KeyValueStore bucket(Bucket bucket) {
        return storage.bucket(bucket);
    }

    @Override
    public int shards() {
        return storage.shards();
    }

    @Override
    public EventLog notifications() {
        return storage.notifications();
    }

    @Override
    public ObjectStore assets() {
        return storage.assets();
    }

    @Override
    public Broadcast broadcast() {
        return storage.broadcast();
    }

    @Override
    public Leases leases() {
        return storage.leases();
    }

    @Override
    public int maximumSize() {
        return storage.maximumSize();
    }

    @Override
    public Status status() {
        return storage.status();
    }

    @Override
    public void onStatusChange(Follower<Status> listener) {
        storage.onStatusChange(listener);
    }

    @Override
    public void close() {
        storage.close();
    }

    private final class Rooms implements EventLog {
        private final EventLog log;

        Rooms(EventLog log) {
            this.log = log;
        }

        @Override
        public long append(String key, long expectedSequence, byte[] content) {
            return log.append(key, expectedSequence, content);
        }

        @Override
        public Optional<EventLog.Entry> last(String key) {
            return log.last(key);
        }

        @Override
        public Map<String, EventLog.Entry> last(Collection<String> keys) {
            return log.last(keys);
        }

        @Override
        public List<EventLog.Entry> read(String key, long afterSequence, int limit) {
            return log.read(key, afterSequence, limit);
        }

        @Override
        public Extent extent() {
            return log.extent();
        }

        @Override
        public String incarnation() {
            return log.incarnation();
        }

        @Override
        public void purge(String key, long belowSequence) {
            write();
            log.purge(key, belowSequence);
        }

        @Override
        public Following follow(long afterSequence, Follower<EventLog.Entry> follower) {
            return log.follow(afterSequence, follower);
        }
    }

    private final class Pages implements KeyValueStore {
        private final KeyValueStore store;

        Pages(KeyValueStore store) {
            this.store = store;
        }

        @Override
        public Optional<KeyValueStore.Entry> get(String key) {
            return store.get(key);
        }

        @Override
        public Map<String, KeyValueStore.Entry> get(Collection<String> keys) {
            return store.get(keys);
        }

        @Override
        public long put(String key, byte[] value) {
            write();
            return store.put(key, value);
        }

        @Override
        public long put(String key, byte[] value, Duration timeToLive) {
            write();
            return store.put(key, value, timeToLive);
        }

        @Override
        public long create(String key, byte[] value) {
            write();
            return store.create(key, value);
        }

        @Override
        public long create(String key, byte[] value, Duration timeToLive) {
            write();
            return store.create(key, value, timeToLive);
        }

        @Override
        public long update(String key, byte[] value, long expectedRevision) {
            write();
            return store.update(key, value, expectedRevision);
        }

        @Override
        public long update(String key, byte[] value, long expectedRevision, Duration timeToLive) {
            write();
            return store.update(key, value, expectedRevision, timeToLive);
        }

        @Override
        public void remove(String key) {
            write();
            store.remove(key);
        }

        @Override
        public long transact(List<Write> writes) {
            write();
            return store.transact(writes);
        }

        @Override
        public Following watch(String prefix, Follower<Change> follower) {
            return store.watch(prefix, follower);
        }

        @Override
        public Following watchChanges(String prefix, Follower<Change> follower) {
            return store.watchChanges(prefix, follower);
        }
    }
}
