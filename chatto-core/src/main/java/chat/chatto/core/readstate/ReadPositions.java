package chat.chatto.core.readstate;

import static chat.chatto.core.server.Records.FORMAT;

import chat.chatto.core.ChattoException;
import chat.chatto.core.ErrorCode;
import chat.chatto.core.Listeners;
import chat.chatto.core.account.UserId;
import chat.chatto.core.room.ReadMarker;
import chat.chatto.core.room.RoomId;
import chat.chatto.core.server.Records;
import chat.chatto.core.stored.v1.StoredReadPositions;
import chat.chatto.storage.ConflictException;
import chat.chatto.storage.KeyValueStore.Entry;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import jakarta.inject.Inject;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;

/**
 * The last message each person has read in each room. One document a person, so that all unread counts need one read; recently used ones
 * are in memory and kept current by the bucket's watch. Safe for use by many threads.
 */
public final class ReadPositions implements ReadMarker {

    /** Where a person stands who has read nothing. */
    public static final long NOTHING_READ = -1;

    private static final int REMEMBERED = 10_000;
    private static final int ATTEMPTS = 16;

    /** Bounds for how long a change goes unnoticed should the watch be cut off. */
    private static final Duration REMEMBERED_FOR = Duration.ofMinutes(1);

    private final PersonalBucket bucket;
    private final Cache<UserId, Document> documents =
            Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterWrite(REMEMBERED_FOR).build();
    private final Listeners<ReadUpdate> listeners = new Listeners<>();

    @Inject
    public ReadPositions(PersonalBucket bucket) {
        this.bucket = bucket;
        bucket.follow(PersonalBucket.READ_POSITIONS, this::changed);
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

    /**
     * The ordinal of the last message a person has read in a room's main line, {@link #NOTHING_READ} for none.
     *
     * @throws ChattoException UNAVAILABLE
     */
    public long get(UserId user, RoomId room) {
        return document(user).position(room);
    }

    /** The positions of some people at one moment. */
    public static final class Snapshot {
        private final Map<UserId, Document> documents;

        private Snapshot(Map<UserId, Document> documents) {
            this.documents = Map.copyOf(documents);
        }

        /** As {@link ReadPositions#get}, for people it was made for. */
        public long get(UserId user, RoomId room) {
            return documents.getOrDefault(user, Document.NONE).position(room);
        }
    }

    /**
     * The positions of many people, with few questions to storage.
     *
     * @throws ChattoException UNAVAILABLE
     */
    public Snapshot snapshot(Collection<UserId> users) {
        Map<UserId, Document> all = new HashMap<>();
        List<UserId> unknown = new ArrayList<>();
        for (UserId user : users) {
            Document known = documents.getIfPresent(user);
            if (known == null) {
                unknown.add(user);
            } else {
                all.put(user, known);
            }
        }
        // Not kept in memory: what changes meanwhile would be missed.
        bucket.read(PersonalBucket.READ_POSITIONS, unknown)
                .forEach((user, entry) -> all.put(user, document(entry.value(), entry.revision())));
        return new Snapshot(all);
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
        return move(user, room, former -> Math.max(former, ordinal));
    }

    /**
     * Makes a message and all after it unread; whoever has read less stays there.
     *
     * @param ordinal 0 or more
     * @return where the position is now
     * @throws ChattoException UNAVAILABLE, CONFLICT when many devices do this all the time
     */
    public long retreat(UserId user, RoomId room, long ordinal) {
        return move(user, room, former -> Math.min(former, ordinal - 1));
    }

    @Override
    public void markRead(UserId user, RoomId room, long throughOrdinal) {
        advance(user, room, throughOrdinal);
    }

    /** Registers for changes on all servers, on one thread that must not be kept for long. @return ends the registration */
    public Runnable onChange(Consumer<ReadUpdate> listener) {
        return listeners.add(listener);
    }

    private long move(UserId user, RoomId room, LongUnaryOperator change) {
        Document former = document(user);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            long position = former.position(room);
            long wanted = change.applyAsLong(position);
            if (wanted == position) {
                return position;
            }
            try {
                remember(user, write(user, former, room, wanted));
                return wanted;
            } catch (ConflictException _) {
                former = remember(user, read(user)); // Another device read on.
            }
        }
        throw ChattoException.of(
                ErrorCode.CONFLICT, "The read positions are being changed by other devices");
    }

    /** Loads it at most once at a time; the watch waits meanwhile, so that no older document replaces a newer one. */
    private Document document(UserId user) {
        return documents.get(user, this::read);
    }

    private Document remember(UserId user, Document document) {
        return documents.asMap().merge(user, document, Document::newer);
    }

    private Document read(UserId user) {
        return bucket.read(PersonalBucket.READ_POSITIONS, user)
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
        return new Document(
                changed,
                bucket.write(
                        PersonalBucket.READ_POSITIONS,
                        user,
                        changed.toByteArray(),
                        former.revision()));
    }

    private void changed(UserId user, Entry entry) {
        Document document = document(entry.value(), entry.revision());
        documents.asMap().computeIfPresent(user, (_, known) -> known.newer(document));
        RoomId room = new RoomId(document.stored().getChangedRoom());
        listeners.tell(new ReadUpdate(user, room, document.position(room)));
    }

    private static Document document(byte[] value, long revision) {
        return new Document(Records.parse(StoredReadPositions.parser(), value), revision);
    }
}
