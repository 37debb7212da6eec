package chat.chatto.core.room;

import static chat.chatto.core.server.Records.FORMAT;

import chat.chatto.core.ChattoException;
import chat.chatto.core.ErrorCode;
import chat.chatto.core.IdempotencyKey;
import chat.chatto.core.Ids;
import chat.chatto.core.Names;
import chat.chatto.core.Slice;
import chat.chatto.core.account.User;
import chat.chatto.core.account.UserDirectory;
import chat.chatto.core.account.UserId;
import chat.chatto.core.server.Records;
import chat.chatto.core.server.ServerBucket;
import chat.chatto.core.stored.v1.StoredRoom;
import chat.chatto.core.stored.v1.StoredRoomName;
import chat.chatto.storage.ConflictException;
import chat.chatto.storage.KeyValueStore.Entry;
import chat.chatto.storage.KeyValueStore.Write;
import chat.chatto.storage.Storage;

import com.google.protobuf.ByteString;

import jakarta.inject.Inject;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Makes, finds and changes rooms, and says who belongs to them. Safe for use by many threads. */
public final class Rooms {

    /** The most code points of a room's name. */
    public static final int NAME_CHARACTERS = 30;

    /** The most bytes of a room's description. */
    public static final int DESCRIPTION_BYTES = 2_000;

    private static final int ATTEMPTS = 8;

    private final ServerBucket server;
    private final RoomDirectory directory;
    private final Memberships memberships;
    private final RoomListing listing;
    private final RoomAccess access;
    private final Ids ids;
    private final InstantSource clock;
    private final int shards;

    @Inject
    public Rooms(
            ServerBucket server,
            RoomDirectory directory,
            UserDirectory users,
            RoomAccess access,
            ReadMarker readMarker,
            RoomHeads heads,
            Ids ids,
            InstantSource clock,
            Storage storage) {
        this.server = server;
        this.directory = directory;
        this.memberships = new Memberships(server, readMarker, heads, clock);
        this.listing = new RoomListing(directory, users, access);
        this.access = access;
        this.ids = ids;
        this.clock = clock;
        this.shards = storage.shards();
    }

    /**
     * Makes a room; its creator belongs to it. Of several with the same name at once, on whatever server, one is made.
     *
     * @param key makes a retry find what the first attempt made, however long ago that was
     * @throws ChattoException FORBIDDEN, INVALID, NAME_TAKEN, IDEMPOTENCY_KEY_REUSED when the key made another room, UNAVAILABLE
     */
    public Room create(UserId actor, NewRoom room, Optional<IdempotencyKey> key) {
        access.checkCreate(actor, Optional.empty());
        String name = cleanName(room.name());
        String description = cleanDescription(room.description());
        RoomId id = new RoomId(key.map(given -> derived(actor, given)).orElseGet(ids::room));
        StoredRoom.Builder stored = stored(id, name, description).setCreatedBy(actor.value());
        if (key.isPresent()) {
            stored.setRequestDigest(digest(room));
        }
        List<Write> writes = new ArrayList<>(creation(id, stored.build()));
        writes.add(access.creation(id, actor, false));
        writes.add(memberships.first(id, actor));
        try {
            server.transact(writes);
        } catch (ConflictException _) {
            return made(id, stored.getRequestDigest()).orElseThrow(() -> taken(name));
        }
        return directory.require(id);
    }

    /**
     * Makes the first room of a store that holds none; of several servers that start at once, one makes it. Call it once this server's
     * copy is current.
     */
    public void prepareFirst(String name) {
        if (!directory.isEmpty()) {
            return;
        }
        RoomId id = new RoomId(Ids.derivedRoom(List.of("first")));
        try {
            server.transact(creation(id, stored(id, name, "").build()));
        } catch (ConflictException _) {
            server.catchUp(RoomDirectory.roomKey(id)); // Another server made it.
        }
    }

    /** A room, from memory. */
    public Optional<Room> find(RoomId room) {
        return directory.find(room);
    }

    /**
     * A room, also one that was made through another server a moment ago.
     *
     * @throws ChattoException NOT_FOUND, or UNAVAILABLE when this server does not know it and storage is away
     */
    public Room require(RoomId room) {
        return directory.require(room);
    }

    /**
     * As {@link #require(RoomId)}, for somebody who must not hear of every room.
     *
     * @throws ChattoException also NOT_FOUND when the person may neither read nor list nor join the room
     */
    public Room require(UserId viewer, RoomId room) {
        Room present = directory.require(room);
        if (access.maySee(viewer, present)) {
            return present;
        }
        access.checkRead(viewer, room);
        return present;
    }

    /** Whether a person may know of a room. */
    public boolean visible(UserId viewer, Room room) {
        return access.maySee(viewer, room);
    }

    /**
     * Makes a person belong to a room; nothing happens when they do already.
     *
     * @throws ChattoException NOT_FOUND, FORBIDDEN, ARCHIVED, UNAVAILABLE
     */
    public Room join(UserId user, RoomId room) {
        Room present = require(user, room);
        if (access.mayRead(user, room)) {
            return present;
        }
        access.check(user, RoomAction.JOIN, room);
        if (present.archived()) {
            throw ChattoException.of(ErrorCode.ARCHIVED, "The room is archived");
        }
        memberships.join(user, room);
        return directory.require(room);
    }

    /**
     * Makes a person no longer belong to a room; nothing happens when they do not.
     *
     * @throws ChattoException NOT_FOUND, UNAVAILABLE
     */
    public void leave(UserId user, RoomId room) {
        directory.require(room);
        memberships.leave(user, room);
    }

    /**
     * Renames, describes, archives or brings back a room. A former name is free again.
     *
     * @throws ChattoException NOT_FOUND, FORBIDDEN, INVALID, NAME_TAKEN, UNAVAILABLE
     */
    public Room change(UserId actor, RoomId room, RoomChange change) {
        require(actor, room);
        access.check(actor, RoomAction.MANAGE, room);
        Optional<String> name = change.name().map(Rooms::cleanName);
        Optional<String> description = change.description().map(Rooms::cleanDescription);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Entry entry =
                    server.read(RoomDirectory.roomKey(room))
                            .orElseThrow(() -> RoomDirectory.unknown(room));
            StoredRoom former = Records.parse(StoredRoom.parser(), entry.value());
            StoredRoom.Builder changed = former.toBuilder();
            name.ifPresent(changed::setName);
            description.ifPresent(changed::setDescription);
            change.archived().ifPresent(changed::setArchived);
            if (changed.build().equals(former)) {
                server.awaitApplied(entry.revision());
                return directory.require(room);
            }
            try {
                server.transact(rewriting(room, entry, former, changed.build()));
                return directory.require(room);
            } catch (ConflictException _) {
                // Another change, or the name was taken meanwhile: look again.
            }
        }
        throw ChattoException.of(ErrorCode.CONFLICT, "The room is being changed by others");
    }

    /** The rooms somebody looks for: first those they belong to, then the others, each by name. */
    public Slice<Room> list(UserId actor, RoomQuery query) {
        return listing.rooms(actor, query);
    }

    /** The rooms a person belongs to. */
    public Set<RoomId> joined(UserId user) {
        return Set.copyOf(directory.joined(user));
    }

    /** Whether a person may read a room, from memory. */
    public boolean mayRead(UserId user, RoomId room) {
        return access.mayRead(user, room);
    }

    /** The rooms that a person may read. */
    public Set<RoomId> readable(UserId user) {
        return directory.joined(user).stream()
                .filter(room -> access.mayRead(user, room))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * @throws ChattoException NOT_FOUND or FORBIDDEN unless the person may read the room; UNAVAILABLE
     */
    public void checkRead(UserId user, RoomId room) {
        access.checkRead(user, room);
    }

    /** Whether a person belongs to a room, from memory. */
    public boolean isMember(RoomId room, UserId user) {
        return directory.isMember(room, user);
    }

    /**
     * Who belongs to a room, by login.
     *
     * @param limit 1 to {@value RoomListing#MEMBER_LIMIT}
     * @param cursor from the former part of the list; empty for the first one
     * @throws ChattoException NOT_FOUND, FORBIDDEN unless the actor may read or manage the room, INVALID
     */
    public Slice<User> members(UserId actor, RoomId room, int limit, Optional<String> cursor) {
        if (!access.may(actor, RoomAction.MANAGE, room)) {
            access.checkRead(actor, room);
        }
        directory.require(room);
        return listing.members(room, limit, cursor);
    }

    /** What became different for a person after a revision of SERVER. */
    public RoomChanges changedSince(UserId user, long serverRevision) {
        return directory.changedSince(user, serverRevision);
    }

    /**
     * Registers for all changes from now on, in order, on one thread that must not be kept for long.
     *
     * @return ends the registration
     */
    public Runnable onEvent(Consumer<RoomEvent> listener) {
        return directory.onEvent(listener);
    }

    private List<Write> rewriting(RoomId room, Entry entry, StoredRoom former, StoredRoom changed) {
        List<Write> writes = new ArrayList<>();
        String released = RoomNames.key(former.getName());
        String reserved = RoomNames.key(changed.getName());
        if (!released.equals(reserved)) {
            if (server.read(reserved).isPresent()) {
                throw taken(changed.getName());
            }
            writes.add(new Write.Create(reserved, reservation(room)));
            server.read(released)
                    .ifPresent(held -> writes.add(new Write.Remove(released, held.revision())));
        }
        writes.add(new Write.Update(entry.key(), changed.toByteArray(), entry.revision()));
        return writes;
    }

    private static List<Write> creation(RoomId id, StoredRoom room) {
        return List.of(
                new Write.Create(RoomNames.key(room.getName()), reservation(id)),
                new Write.Create(RoomDirectory.roomKey(id), room.toByteArray()));
    }

    private static byte[] reservation(RoomId room) {
        return StoredRoomName.newBuilder()
                .setFormat(FORMAT)
                .setRoom(room.value())
                .build()
                .toByteArray();
    }

    private StoredRoom.Builder stored(RoomId id, String name, String description) {
        return StoredRoom.newBuilder()
                .setFormat(FORMAT)
                .setName(name)
                .setDescription(description)
                .setShard(1 + Math.floorMod(id.value().hashCode(), shards))
                .setCreatedAtMillis(clock.millis());
    }

    /** What an earlier attempt with the same idempotency key made. */
    private Optional<Room> made(RoomId id, ByteString digest) {
        Optional<Entry> entry = server.read(RoomDirectory.roomKey(id));
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        StoredRoom stored = Records.parse(StoredRoom.parser(), entry.get().value());
        if (!stored.getRequestDigest().equals(digest)) {
            throw ChattoException.of(
                    ErrorCode.IDEMPOTENCY_KEY_REUSED,
                    "This idempotency key has already made another room");
        }
        server.awaitApplied(entry.get().revision());
        return directory.find(id);
    }

    private static String derived(UserId actor, IdempotencyKey key) {
        return Ids.derivedRoom(List.of("room", actor.value(), key.value()));
    }

    private static ByteString digest(NewRoom room) {
        return ByteString.copyFrom(Ids.digest(List.of(room.name(), room.description())));
    }

    private static String cleanName(String name) {
        return Names.clean("name", name, 1, NAME_CHARACTERS);
    }

    private static String cleanDescription(String description) {
        Names.checkBytes("description", description, DESCRIPTION_BYTES);
        Names.checkText("description", description);
        return description;
    }

    private static ChattoException taken(String name) {
        return ChattoException.of(
                ErrorCode.NAME_TAKEN, "There is a room called " + name + ": choose another name");
    }
}
