package chat.chatto.core.room;

import chat.chatto.core.ChattoException;
import chat.chatto.core.ErrorCode;
import chat.chatto.core.IdempotencyKey;
import chat.chatto.core.Ids;
import chat.chatto.core.Slice;
import chat.chatto.core.account.Newcomers;
import chat.chatto.core.account.People;
import chat.chatto.core.account.User;
import chat.chatto.core.account.UserId;
import chat.chatto.core.server.ServerBucket;
import chat.chatto.storage.Storage;

import jakarta.inject.Inject;

import java.time.InstantSource;
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

    private final RoomDirectory directory;
    private final RoomAccess access;
    private final RoomCreation creation;
    private final RoomEditing editing;
    private final Memberships memberships;
    private final RoomListing listing;
    private final ReadMarker readMarker;
    private final RoomHeads heads;

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
        this.directory = directory;
        this.access = access;
        this.memberships = new Memberships(server, directory, readMarker, heads, clock);
        this.creation =
                new RoomCreation(
                        server, directory, access, memberships, ids, clock, storage.shards());
        this.editing = new RoomEditing(server, directory, access, heads);
        this.listing = new RoomListing(directory, access, people, heads);
        this.readMarker = readMarker;
        this.heads = heads;
    }

    /**
     * Makes a room; its creator belongs to it. Of several with the same name at once, on whatever server, one is made.
     *
     * @param key makes a retry find what the first attempt made, however long ago that was
     * @throws ChattoException FORBIDDEN, INVALID, NAME_TAKEN, IDEMPOTENCY_KEY_REUSED when the key made another room, UNAVAILABLE
     */
    public Room create(UserId actor, NewRoom room, Optional<IdempotencyKey> key) {
        return creation.create(actor, room, key);
    }

    /**
     * Makes the first rooms of a store that holds none: one where administrators tell everybody something, and one for all to talk in. Of
     * several servers that start at once, one makes them. Call it once this server's copy is current.
     */
    public void prepareFirst() {
        creation.prepareFirst();
    }

    /**
     * Changes a room. A former name is free again.
     *
     * @throws ChattoException NOT_FOUND, FORBIDDEN, INVALID, NAME_TAKEN, UNAVAILABLE
     */
    public Room change(UserId actor, RoomId room, RoomChange change) {
        RoomRules.checkChannel(require(actor, room), "changed");
        return editing.change(actor, room, change);
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
        RoomRules.checkOpen(present);
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
     * The rooms somebody looks for: first those they belong to, those that people arranged before the others and these by name; then the
     * rest by name.
     */
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
}
