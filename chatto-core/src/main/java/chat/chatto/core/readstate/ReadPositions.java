package chat.chatto.core.readstate;

import static chat.chatto.core.server.Records.FORMAT;

import chat.chatto.core.ChattoException;
import chat.chatto.core.ErrorCode;
import chat.chatto.core.Listeners;
import chat.chatto.core.StorageFailures;
import chat.chatto.core.account.UserId;
import chat.chatto.core.room.ReadMarker;
import chat.chatto.core.room.RoomId;
import chat.chatto.core.server.Records;
import chat.chatto.core.stored.v1.StoredReadPositions;
import chat.chatto.storage.Bucket;
import chat.chatto.storage.ConflictException;
import chat.chatto.storage.Following;
import chat.chatto.storage.KeyValueStore;
import chat.chatto.storage.KeyValueStore.Change;
import chat.chatto.storage.KeyValueStore.Write;
import chat.chatto.storage.Storage;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import jakarta.inject.Inject;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The last message each person has read in each room. One document a person, so that all unread counts need one read; recently used ones
 * are in memory and kept current by a watch. Safe for use by many threads.
 */
public final class ReadPositions implements ReadMarker, AutoCloseable {

    /** Where a person stands who has read nothing. */
    public static final long NOTHING_READ = -1;

    private static final int REMEMBERED = 10_000;
    private static final int ATTEMPTS = 16;

    /** Bounds for how long a change goes unnoticed should the watch be cut off. */
    private static final Duration REMEMBERED_FOR = Duration.ofMinutes(1);

    private final KeyValueStore store;
    private final Cache<UserId, Document> documents =
            Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterWrite(REMEMBERED_FOR).build();
    private final Listeners<ReadUpdate> listeners = new Listeners<>();

    private volatile @Nullable Following following;

    @Inject
    public ReadPositions(Storage storage) {
        this.store = storage.bucket(Bucket.READ_STATE);
    }

    /**
     * A person's document.
     *
     * @param revision 0 while there is none
     */
    private record Document(StoredReadPositions stored, long revision) {

        static final Document NONE = new Document(StoredReadPositions.getDefaultInstance(), 0);

        long position(RoomId room) {
            return stored.getRoomsOrDefault(room.value(), NOTHING_READ);
        }

        Document newer(Document other) {
            return other.revision > revision ? other : this;
        }
    }

    /** Begins to listen for changes. */
    public void start() {
        following = store.watchChanges("", this::changed);
    }

    /**
     * The ordinal of the last message a person has read in a room's main line, {@link #NOTHING_READ} for none.
     *
     * @throws ChattoException UNAVAILABLE
     */
    public long get(UserId user, RoomId room) {
        return document(user).position(room);
    }

    /**
     * All of a person's positions; rooms where they have read nothing may be left out.
     *
     * @throws ChattoException UNAVAILABLE
     */
    public Map<RoomId, Long> all(UserId user) {
        Map<RoomId, Long> positions = new HashMap<>();
        document(user)
                .stored()
                .getRoomsMap()
                .forEach((room, ordinal) -> positions.put(new RoomId(room), ordinal));
        return positions;
    }

    /**
     * Moves a person's position forwards; one further on stays.
     *
     * @param ordinal at most the room's head: the caller sees to that
     * @return where the position is now
     * @throws ChattoException UNAVAILABLE, CONFLICT when many devices do this all the time
     */
    public long advance(UserId user, RoomId room, long ordinal) {
        Document former = document(user);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (former.position(room) >= ordinal) {
                return former.position(room);
            }
            try {
                remember(user, write(user, former, room, ordinal));
                return ordinal;
            } catch (ConflictException _) {
                former = remember(user, read(user)); // Another device read on.
            }
        }
        throw ChattoException.of(
                ErrorCode.CONFLICT, "The read positions are being changed by other devices");
    }

    @Override
    public void markRead(UserId user, RoomId room, long throughOrdinal) {
        advance(user, room, throughOrdinal);
    }

    /** Registers for changes on all servers, on one thread that must not be kept for long. @return ends the registration */
    public Runnable onChange(Consumer<ReadUpdate> listener) {
        return listeners.add(listener);
    }

    @Override
    public void close() {
        Following followed = following;
        if (followed != null) {
            followed.close();
        }
    }

    /** Loads it at most once at a time; the watch waits meanwhile, so that no older document replaces a newer one. */
    private Document document(UserId user) {
        return documents.get(user, this::read);
    }

    private Document remember(UserId user, Document document) {
        return documents.asMap().merge(user, document, Document::newer);
    }

    private Document read(UserId user) {
        return StorageFailures.translating(() -> store.get(user.value()))
                .map(entry -> document(entry.value(), entry.revision()))
                .orElse(Document.NONE);
    }

    private Document write(UserId user, Document former, RoomId room, long ordinal) {
        StoredReadPositions changed =
                former.stored().toBuilder()
                        .setFormat(FORMAT)
                        .putRooms(room.value(), ordinal)
                        .setChangedRoom(room.value())
                        .build();
        String key = user.value();
        byte[] value = changed.toByteArray();
        Write write =
                former.revision() == 0
                        ? new Write.Create(key, value)
                        : new Write.Update(key, value, former.revision());
        return new Document(
                changed, StorageFailures.translating(() -> store.transact(List.of(write))));
    }

    private void changed(Change change) {
        if (!(change instanceof Change.Put put)) {
            return;
        }
        UserId user = new UserId(put.key());
        Document document = document(put.value(), put.revision());
        documents.asMap().computeIfPresent(user, (_, known) -> known.newer(document));
        RoomId room = new RoomId(document.stored().getChangedRoom());
        listeners.tell(new ReadUpdate(user, room, document.position(room)));
    }

    private static Document document(byte[] value, long revision) {
        return new Document(Records.parse(StoredReadPositions.parser(), value), revision);
    }
}
