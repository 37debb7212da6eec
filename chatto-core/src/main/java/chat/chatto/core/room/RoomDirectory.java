package chat.chatto.core.room;

import chat.chatto.core.ChattoException;
import chat.chatto.core.Listeners;
import chat.chatto.core.account.UserDirectory;
import chat.chatto.core.account.UserId;
import chat.chatto.core.server.Records;
import chat.chatto.core.server.ServerBucket;
import chat.chatto.core.stored.v1.StoredMembership;
import chat.chatto.core.stored.v1.StoredMembershipState;
import chat.chatto.core.stored.v1.StoredRoom;
import chat.chatto.storage.KeyValueStore.Change;

import jakarta.inject.Inject;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;

/**
 * All rooms and memberships in memory. Answers come from there, except that what is not there is asked of storage once before it is
 * denied: it may have been made through another server a moment ago. Safe for use by many threads.
 */
public final class RoomDirectory {

    private static final String ROOM = "room";
    private static final String MEMBER = "member";

    private final ServerBucket server;
    private final UserDirectory users;
    private final Map<RoomId, RoomRow> rooms = new ConcurrentHashMap<>();
    private final NavigableMap<String, RoomRow> byName = new ConcurrentSkipListMap<>();
    private final Map<RoomId, Members> members = new ConcurrentHashMap<>();
    private final Map<UserId, RevisionTable<RoomId>> byUser = new ConcurrentHashMap<>();
    private final Listeners<RoomEvent> listeners = new Listeners<>();

    @Inject
    public RoomDirectory(ServerBucket server, UserDirectory users) {
        this.server = server;
        this.users = users;
        server.register(ROOM, this::applyRoom);
        server.register(MEMBER, this::applyMembership);
    }

    static String roomKey(RoomId room) {
        return ServerBucket.entity(ROOM, room.value());
    }

    static String memberKey(RoomId room, UserId user) {
        return ServerBucket.entity(MEMBER, room.value() + "." + user.value());
    }

    /** A room, from memory. */
    public Optional<Room> find(RoomId room) {
        return Optional.ofNullable(rooms.get(room)).map(RoomRow::room);
    }

    /**
     * A room.
     *
     * @throws ChattoException NOT_FOUND, or UNAVAILABLE when this server does not know it and storage is away
     */
    public Room require(RoomId room) {
        return find(room)
                .or(() -> server.catchUp(roomKey(room)) ? find(room) : Optional.empty())
                .orElseThrow(() -> unknown(room));
    }

    /** The refusal for a room that there is not, or that somebody must not know of. */
    public static ChattoException unknown(RoomId room) {
        return ChattoException.notFound("There is no room " + room);
    }

    /** All rooms, in no order. */
    public List<Room> all() {
        return rooms.values().stream().map(RoomRow::room).toList();
    }

    /** Whether a person belongs to a room, from memory. */
    public boolean isMember(RoomId room, UserId user) {
        RoomRow row = rooms.get(room);
        return row != null && row.members().table().isIn(user);
    }

    /**
     * As {@link #isMember}, but a no is certain.
     *
     * @throws ChattoException UNAVAILABLE when it would be no and storage is away
     */
    public boolean isCertainlyMember(RoomId room, UserId user) {
        return isMember(room, user)
                || (server.catchUp(memberKey(room, user)) && isMember(room, user));
    }

    /** The rooms a person belongs to. */
    public List<RoomId> joined(UserId user) {
        RevisionTable<RoomId> table = byUser.get(user);
        return table == null ? List.of() : table.keysIn();
    }

    /** Who belongs to a room, in no order. */
    List<UserId> members(RoomId room) {
        RoomRow row = rooms.get(room);
        return row == null ? List.of() : row.members().table().keysIn();
    }

    /** All rooms whose names in comparison form follow this one, in that order. */
    Collection<RoomRow> after(String comparableName) {
        return Collections.unmodifiableCollection(byName.tailMap(comparableName, false).values());
    }

    Optional<RoomRow> row(RoomId room) {
        return Optional.ofNullable(rooms.get(room));
    }

    boolean isEmpty() {
        return rooms.isEmpty();
    }

    RoomChanges changedSince(UserId user, long revision) {
        List<Room> joined = new ArrayList<>();
        List<Room> updated = new ArrayList<>();
        List<RoomId> left = new ArrayList<>();
        RevisionTable<RoomId> table = byUser.get(user);
        if (table == null) {
            return new RoomChanges(joined, updated, left);
        }
        for (RevisionTable.Row<RoomId> row : table.rows()) {
            boolean moved = row.revision() > revision;
            if (!row.in() && moved) {
                left.add(row.key());
            } else if (row.in()) {
                find(row.key())
                        .filter(room -> moved || room.revision() > revision)
                        .ifPresent(moved ? joined::add : updated::add);
            }
        }
        return new RoomChanges(joined, updated, left);
    }

    /**
     * Registers for all changes from now on, in order of revision, on the thread that applies them.
     *
     * @return ends the registration
     */
    public Runnable onEvent(Consumer<RoomEvent> listener) {
        return listeners.add(listener);
    }

    private void applyRoom(Change change, boolean live) {
        RoomId id = new RoomId(ServerBucket.id(change.key()));
        if (!(change instanceof Change.Put put)) {
            return; // Rooms are archived, never removed.
        }
        StoredRoom stored = Records.parse(StoredRoom.parser(), put.value());
        RoomRow row =
                RoomRow.of(stored, users.intern(creator(stored)), put.revision(), membersOf(id));
        RoomRow former = rooms.put(row.id(), row);
        if (former != null) {
            byName.remove(former.comparableName(), former);
        }
        byName.put(row.comparableName(), row);
        if (live) {
            listeners.tell(
                    former == null
                            ? new RoomEvent.Created(row.room())
                            : new RoomEvent.Updated(row.room()));
        }
    }

    private void applyMembership(Change change, boolean live) {
        if (!(change instanceof Change.Put put)) {
            return; // Who leaves stays on record as having left.
        }
        String id = ServerBucket.id(change.key());
        int dot = id.indexOf('.');
        Members room = membersOf(new RoomId(id.substring(0, dot)));
        UserId user = users.intern(new UserId(id.substring(dot + 1)));
        boolean in =
                Records.parse(StoredMembership.parser(), put.value()).getState()
                        == StoredMembershipState.STORED_MEMBERSHIP_STATE_JOINED;
        boolean wasIn = room.put(user, put.revision(), in);
        byUser.computeIfAbsent(user, _ -> new RevisionTable<>())
                .put(room.room(), put.revision(), in);
        if (live && in != wasIn) {
            listeners.tell(
                    in
                            ? new RoomEvent.Joined(room.room(), user)
                            : new RoomEvent.Left(room.room(), user));
        }
    }

    private Members membersOf(RoomId room) {
        return members.computeIfAbsent(room, Members::new);
    }

    private static UserId creator(StoredRoom stored) {
        return stored.getCreatedBy().isEmpty() ? UserId.SYSTEM : new UserId(stored.getCreatedBy());
    }
}
