package chat.chatto.core.room;

import static chat.chatto.core.server.Records.FORMAT;

import chat.chatto.core.ChattoException;
import chat.chatto.core.ErrorCode;
import chat.chatto.core.IdempotencyKey;
import chat.chatto.core.Ids;
import chat.chatto.core.Names;
import chat.chatto.core.Slice;
import chat.chatto.core.account.Newcomers;
import chat.chatto.core.account.People;
import chat.chatto.core.account.User;
import chat.chatto.core.account.UserId;
import chat.chatto.core.server.Records;
import chat.chatto.core.server.ServerBucket;
import chat.chatto.core.stored.v1.StoredRoom;
import chat.chatto.storage.ConflictException;
import chat.chatto.storage.KeyValueStore.Entry;
import chat.chatto.storage.KeyValueStore.Write;
import chat.chatto.storage.Storage;

import com.google.protobuf.ByteString;

import jakarta.inject.Inject;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Makes, finds and changes rooms, and says who belongs to them. Safe for use by many threads. */
public final class Rooms implements Newcomers {

    /** The most code points of a room's name. */
    public static final int NAME_CHARACTERS = 30;

    /** The most bytes of a room's description. */
    public static final int DESCRIPTION_BYTES = 2_000;

    /** The most rooms that everybody belongs to: each of them costs something for everybody who is connected. */
    public static final int UNIVERSAL = 50;

    /** The longest time between two messages of a member that a room can ask for. */
    public static final Duration SLOWEST = Duration.ofHours(6);

    private static final int ATTEMPTS = 8;

    private final ServerBucket server;
    private final RoomDirectory directory;
    private final RoomAccess access;
    private final RoomRecords records;
    private final Memberships memberships;
    private final Arrangement arrangement;
    private final RoomListing listing;
    private final ReadMarker readMarker;
    private final RoomHeads heads;
    private final Ids ids;
    private final InstantSource clock;
    private final int shards;

    @Inject
    public Rooms(
            ServerBucket server,
            RoomDirectory directory,
            RoomAccess access,
            People people,
            ReadMarker readMarker,
            RoomHeads heads,
            Ids ids,
            InstantSource clock,
            Storage storage) {
        this.server = server;
        this.directory = directory;
        this.access = access;
        this.records = new RoomRecords(server);
        this.memberships = new Memberships(server, directory, readMarker, heads, clock);
        this.arrangement = new Arrangement(server, directory);
        this.listing = new RoomListing(directory, access, people, heads);
        this.readMarker = readMarker;
        this.heads = heads;
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
        String name = cleanName(room.name());
        String description = cleanDescription(room.description());
        GroupId group = room.group().orElse(GroupId.LOBBY);
        access.checkCreate(actor, Optional.of(group));
        if (room.universal()) {
            checkUniversal(actor, room.restricted());
        }
        RoomId id = new RoomId(key.map(given -> derived(actor, given)).orElseGet(ids::room));
        StoredRoom.Builder stored =
                stored(id, name, description)
                        .setCreatedBy(actor.value())
                        .setGroup(RoomRecords.stored(group))
                        .setUniversal(room.universal());
        if (key.isPresent()) {
            stored.setRequestDigest(digest(room));
        }
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            // What hides the room is stored, and so seen, before the room itself.
            List<Write> writes = new ArrayList<>();
            writes.add(access.creation(id, actor, room.restricted()));
            writes.addAll(records.holding(group));
            writes.addAll(records.creation(id, stored.build()));
            writes.add(memberships.first(id, actor));
            try {
                server.transact(writes);
                return directory.require(id);
            } catch (ConflictException _) {
                Optional<Room> made = made(id, stored.getRequestDigest());
                if (made.isPresent()) {
                    return made.get();
                }
                if (records.nameTaken(name)) {
                    throw RoomRecords.taken(name);
                }
                // The group changed: look again.
            }
        }
        throw busy();
    }

    /**
     * Makes the first rooms of a store that holds none: one where administrators tell everybody something, and one for all to talk in. Of
     * several servers that start at once, one makes them. Call it once this server's copy is current.
     */
    public void prepareFirst() {
        if (!directory.isEmpty()) {
            return;
        }
        RoomId general = new RoomId(Ids.derivedRoom(List.of("first")));
        RoomId announcements = new RoomId(Ids.derivedRoom(List.of("announcements")));
        List<Write> writes = new ArrayList<>();
        writes.add(access.announcing(announcements));
        writes.addAll(
                records.creation(
                        announcements,
                        stored(announcements, "announcements", "").setUniversal(true).build()));
        writes.addAll(records.creation(general, stored(general, "general", "").build()));
        try {
            server.transact(writes);
        } catch (ConflictException _) {
            server.catchUp(RoomDirectory.roomKey(general)); // Another server made them.
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
        checkOpen(present);
        memberships.join(user, user, room);
        return directory.require(room);
    }

    /**
     * Makes a person no longer belong to a room; nothing happens when they do not.
     *
     * @throws ChattoException NOT_FOUND, CONFLICT for a room that nobody can leave, UNAVAILABLE
     */
    public void leave(UserId user, RoomId room) {
        Room present = require(user, room);
        if (present.universal()) {
            throw ChattoException.of(
                    ErrorCode.CONFLICT, "Everybody belongs to this room: it cannot be left");
        }
        if (present.direct()) {
            throw ChattoException.of(ErrorCode.CONFLICT, "A conversation cannot be left");
        }
        memberships.leave(user, room);
    }

    /**
     * Changes a room. A former name is free again.
     *
     * @throws ChattoException NOT_FOUND, FORBIDDEN, INVALID, NAME_TAKEN, UNAVAILABLE
     */
    public Room change(UserId actor, RoomId room, RoomChange change) {
        checkChannel(require(actor, room), "changed");
        access.check(actor, RoomAction.MANAGE, room);
        Optional<String> name = change.name().map(Rooms::cleanName);
        Optional<String> description = change.description().map(Rooms::cleanDescription);
        Optional<Duration> slowMode = change.slowMode().map(Rooms::checkSlowMode);
        change.group().ifPresent(group -> access.checkCreate(actor, Optional.of(group)));
        if (change.position().isPresent()) {
            access.checkArrange(actor);
        }
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Entry entry =
                    server.read(RoomDirectory.roomKey(room))
                            .orElseThrow(() -> RoomDirectory.unknown(room));
            StoredRoom former = Records.parse(StoredRoom.parser(), entry.value());
            StoredRoom.Builder changed = former.toBuilder();
            name.ifPresent(changed::setName);
            description.ifPresent(changed::setDescription);
            change.archived().ifPresent(changed::setArchived);
            slowMode.ifPresent(pause -> changed.setSlowModeSeconds((int) pause.toSeconds()));
            List<Write> writes = new ArrayList<>();
            change.group().ifPresent(group -> regroup(group, changed, writes));
            change.position().ifPresent(position -> place(actor, room, position, changed, writes));
            boolean restricted = change.restricted().orElseGet(() -> access.isPrivate(room));
            change.universal()
                    .ifPresent(universal -> universal(actor, room, universal, restricted, changed));
            if (restricted && changed.getUniversal()) {
                throw neverBoth();
            }
            change.restricted().ifPresent(hidden -> access.setPrivate(actor, room, hidden));
            if (!changed.build().equals(former)) {
                writes.addAll(records.rewriting(room, entry, former, changed.build()));
            }
            if (writes.isEmpty()) {
                server.awaitApplied(entry.revision());
                return directory.require(room);
            }
            try {
                server.transact(writes);
                return directory.require(room);
            } catch (ConflictException _) {
                // Another change, or the name was taken meanwhile: look again.
            }
        }
        throw busy();
    }

    /** The rooms somebody looks for: first those they belong to, then the others, each by name. */
    public Slice<Room> list(UserId actor, RoomQuery query) {
        return listing.rooms(actor, query);
    }

    /** The rooms a person belongs to. */
    public Set<RoomId> joined(UserId user) {
        return Set.copyOf(directory.joined(user));
    }

    /** Whether a person belongs to a room, from memory. */
    public boolean isMember(RoomId room, UserId user) {
        return directory.isMember(room, user);
    }

    /**
     * Who belongs to a room, by login.
     *
     * @param beginning what the login, or a word of the display name, begins with; empty for all
     * @param limit 1 to {@value RoomListing#MEMBER_LIMIT}
     * @param cursor from the former part of the list; empty for the first one
     * @throws ChattoException NOT_FOUND, FORBIDDEN unless the actor may read or manage the room, INVALID
     */
    public Slice<User> members(
            UserId actor, RoomId room, String beginning, int limit, Optional<String> cursor) {
        Room present = require(actor, room);
        if (present.direct() || !access.may(actor, RoomAction.MANAGE, room)) {
            access.checkRead(actor, room);
        }
        return listing.members(present, beginning, limit, cursor);
    }

    /** What became different for a person after a revision of SERVER. */
    public RoomChanges changedSince(UserId user, long serverRevision) {
        RoomChanges changes = directory.changedSince(user, serverRevision);
        return new RoomChanges(
                readable(user, changes.joined()),
                readable(user, changes.updated()),
                changes.left());
    }

    /** Whether a person may change a room; nobody may change a conversation. */
    public boolean canManage(UserId user, Room room) {
        return !room.direct() && access.may(user, RoomAction.MANAGE, room.id());
    }

    /** Whether only those see a channel whom somebody adds. */
    public boolean restricted(Room room) {
        return !room.direct() && access.isPrivate(room.id());
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

    /** What was written into universal rooms before somebody came is no news to them. */
    @Override
    public void welcome(UserId user) {
        for (Room room : directory.universal()) {
            long head = heads.head(room.id());
            if (head >= 0) {
                readMarker.markRead(user, room.id(), head);
            }
        }
    }

    /**
     * Registers for all changes from now on, in order, on one thread that must not be kept for long.
     *
     * @return ends the registration
     */
    public Runnable onEvent(Consumer<RoomEvent> listener) {
        return directory.onEvent(listener);
    }

    private List<Room> readable(UserId user, List<Room> changed) {
        return changed.stream().filter(room -> access.mayRead(user, room.id())).toList();
    }

    private void regroup(GroupId group, StoredRoom.Builder changed, List<Write> writes) {
        String stored = RoomRecords.stored(group);
        if (!changed.getGroup().equals(stored)) {
            writes.addAll(records.holding(group));
            changed.setGroup(stored).clearRank();
        }
    }

    private void place(
            UserId actor,
            RoomId room,
            int position,
            StoredRoom.Builder changed,
            List<Write> writes) {
        GroupId group =
                changed.getGroup().isEmpty() ? GroupId.LOBBY : new GroupId(changed.getGroup());
        arrangement.move(
                room, group, position, changed, other -> access.maySee(actor, other), writes);
    }

    private void universal(
            UserId actor,
            RoomId room,
            boolean universal,
            boolean restricted,
            StoredRoom.Builder changed) {
        if (universal == changed.getUniversal()) {
            return;
        }
        if (universal) {
            checkUniversal(actor, restricted);
            changed.setUniversalAfter(heads.head(room) + 1);
        } else {
            access.checkArrange(actor);
        }
        changed.setUniversal(universal).setFormerlyUniversal(!universal);
    }

    private void checkUniversal(UserId actor, boolean restricted) {
        access.checkArrange(actor);
        if (restricted) {
            throw neverBoth();
        }
        if (directory.universal().size() >= UNIVERSAL) {
            throw ChattoException.of(
                    ErrorCode.CONFLICT,
                    "Everybody belongs to " + UNIVERSAL + " rooms already, which is the most");
        }
    }

    private static ChattoException neverBoth() {
        return ChattoException.invalid(
                "universal", "and private exclude each other: everybody belongs to the room");
    }

    static void checkOpen(Room room) {
        if (room.archived()) {
            throw ChattoException.of(ErrorCode.ARCHIVED, "The room is archived");
        }
    }

    static void checkChannel(Room room, String what) {
        if (room.direct()) {
            throw ChattoException.forbidden(
                    "This is a conversation: who takes part in it, and what it is, cannot be "
                            + what);
        }
    }

    private StoredRoom.Builder stored(RoomId id, String name, String description) {
        return StoredRoom.newBuilder()
                .setFormat(FORMAT)
                .setName(name)
                .setDescription(description)
                .setShard(RoomRecords.shard(id, shards))
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
        List<String> parts = new ArrayList<>(List.of(room.name(), room.description()));
        room.group().ifPresent(group -> parts.add("group " + group));
        if (room.restricted()) {
            parts.add("private");
        }
        if (room.universal()) {
            parts.add("universal");
        }
        return ByteString.copyFrom(Ids.digest(parts));
    }

    private static Duration checkSlowMode(Duration slowMode) {
        if (slowMode.isNegative() || slowMode.compareTo(SLOWEST) > 0) {
            throw ChattoException.invalid("slowModeSeconds", "must be 0 to " + SLOWEST.toSeconds());
        }
        return slowMode;
    }

    private static String cleanName(String name) {
        return Names.clean("name", name, 1, NAME_CHARACTERS);
    }

    private static String cleanDescription(String description) {
        Names.checkBytes("description", description, DESCRIPTION_BYTES);
        Names.checkText("description", description);
        return description;
    }

    private static ChattoException busy() {
        return ChattoException.of(ErrorCode.CONFLICT, "The room is being changed by others");
    }
}
