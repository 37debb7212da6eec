package chat.chatto.core.room;

import chat.chatto.core.ChattoException;
import chat.chatto.core.Listeners;
import chat.chatto.core.account.UserDirectory;
import chat.chatto.core.account.UserId;
import chat.chatto.core.server.Projection;
import chat.chatto.core.server.Records;
import chat.chatto.core.server.ServerBucket;
import chat.chatto.core.stored.v1.StoredBan;
import chat.chatto.core.stored.v1.StoredMembership;
import chat.chatto.core.stored.v1.StoredMembershipState;
import chat.chatto.core.stored.v1.StoredRoom;
import chat.chatto.storage.KeyValueStore.Change;

import jakarta.inject.Inject;

import org.jspecify.annotations.Nullable;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * All rooms and memberships in memory. To a universal room everybody belongs who has an account and is not banned: of that nothing is
 * recorded for anybody, neither in storage nor here.
 *
 * <p>Answers come from memory, except that what is not there is asked of storage once before it is denied: it may have been made through
 * another server a moment ago. Safe for use by many threads.
 */
public final class RoomDirectory {

    private static final String ROOM = "room";
    private static final String MEMBER = "member";
    private static final String BAN = "ban";

    private final ServerBucket server;
    private final UserDirectory users;
    private final Map<RoomId, RoomRow> rooms = new ConcurrentHashMap<>();
    private final NavigableMap<String, RoomRow> byName = new ConcurrentSkipListMap<>();
    private final Map<RoomId, Members> members = new ConcurrentHashMap<>();
    private final Map<UserId, RevisionTable<RoomId>> byUser = new ConcurrentHashMap<>();

    /** The rooms that are universal, or were. */
    private final Set<RoomId> everUniversal = ConcurrentHashMap.newKeySet();

    private final Bans bans;

    /** Held while a change is applied and told: what listeners hear last is what holds. */
    private final Object order = new Object();

    private final Listeners<RoomEvent> listeners = new Listeners<>();

    @Inject
    public RoomDirectory(ServerBucket server, UserDirectory users, InstantSource clock) {
        this.server = server;
        this.users = users;
        this.bans = new Bans(clock);
        server.register(ROOM, inOrder(this::applyRoom));
        server.register(MEMBER, inOrder(this::applyMembership));
        server.register(BAN, inOrder(this::applyBan));
    }

    private Projection inOrder(Projection projection) {
        return (change, live) -> {
            synchronized (order) {
                projection.apply(change, live);
            }
        };
    }

    static String roomKey(RoomId room) {
        return ServerBucket.entity(ROOM, room.value());
    }

    static String memberKey(RoomId room, UserId user) {
        return ServerBucket.entity(MEMBER, room.value() + "." + user.value());
    }

    static String banKey(RoomId room, UserId user) {
        return ServerBucket.entity(BAN, room.value() + "." + user.value());
    }

    /** A room, from memory. */
    public Optional<Room> find(RoomId room) {
        return Optional.ofNullable(rooms.get(room)).map(this::room);
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

    /** Whether a person belongs to a room, from memory. */
    public boolean isMember(RoomId room, UserId user) {
        RoomRow row = rooms.get(room);
        return row != null && isMember(row, user);
    }

    /**
     * As {@link #isMember}, but a no is certain.
     *
     * @throws ChattoException UNAVAILABLE when it would be no and storage is away
     */
    public boolean isCertainlyMember(RoomId room, UserId user) {
        if (isMember(room, user)) {
            return true;
        }
        RoomRow row = rooms.get(room);
        boolean universal = row != null && row.universal();
        boolean known =
                universal ? users.certainlyActive(user) : server.catchUp(memberKey(room, user));
        return known && isMember(room, user);
    }

    /** The rooms a person belongs to. */
    public List<RoomId> joined(UserId user) {
        RevisionTable<RoomId> table = byUser.get(user);
        List<RoomId> joined = new ArrayList<>(table == null ? List.of() : table.keysIn());
        for (RoomId room : everUniversal) {
            RoomRow row = rooms.get(room);
            if (row != null
                    && row.universal()
                    && !bans.holds(room, user)
                    && !row.members().table().isIn(user)) {
                joined.add(room);
            }
        }
        return joined;
    }

    /** Who belongs to a room, in no order; perhaps also accounts that were deleted since. */
    public Stream<UserId> members(Room room) {
        if (room.universal()) {
            return users.all().filter(user -> isMember(room.id(), user));
        }
        RoomRow row = rooms.get(room.id());
        return row == null ? Stream.of() : row.members().table().keysIn().stream();
    }

    /** Which rooms everybody belongs to. */
    List<Room> universal() {
        return everUniversal.stream()
                .flatMap(id -> find(id).stream())
                .filter(Room::universal)
                .toList();
    }

    /** Whether a person is kept out of a room now, from memory. */
    public boolean isBanned(RoomId room, UserId user) {
        return bans.holds(room, user);
    }

    Bans bans() {
        return bans;
    }

    /** All channels whose names in comparison form follow this one, in that order. */
    Collection<RoomRow> after(String comparableName) {
        return Collections.unmodifiableCollection(byName.tailMap(comparableName, false).values());
    }

    Optional<RoomRow> row(RoomId room) {
        return Optional.ofNullable(rooms.get(room));
    }

    /** All rooms, in no order. */
    public List<Room> all() {
        return rooms.values().stream().map(this::room).toList();
    }

    /** As {@link #all}. */
    Collection<RoomRow> rows() {
        return Collections.unmodifiableCollection(rooms.values());
    }

    Room room(RoomRow row) {
        return row.room(users.activeCount());
    }

    boolean isEmpty() {
        return rooms.isEmpty();
    }

    RoomChanges changedSince(UserId user, long revision) {
        List<Room> joined = new ArrayList<>();
        List<Room> updated = new ArrayList<>();
        List<RoomId> left = new ArrayList<>();
        RevisionTable<RoomId> table = byUser.get(user);
        for (RevisionTable.Row<RoomId> entry :
                table == null ? List.<RevisionTable.Row<RoomId>>of() : table.rows()) {
            if (everUniversal.contains(entry.key())) {
                continue;
            }
            boolean moved = entry.revision() > revision;
            if (!entry.in() && moved) {
                left.add(entry.key());
            } else if (entry.in()) {
                find(entry.key())
                        .filter(room -> moved || room.revision() > revision)
                        .ifPresent(moved ? joined::add : updated::add);
            }
        }
        for (RoomId id : everUniversal) {
            find(id).filter(room -> changedForAll(room, user, revision))
                    .ifPresent(
                            room -> {
                                if (isMember(id, user)) {
                                    joined.add(room);
                                } else {
                                    left.add(id);
                                }
                            });
        }
        return new RoomChanges(joined, updated, left);
    }

    /** Of a room that is or was universal nobody's past membership is known: who resumes is told anew where they stand. */
    private boolean changedForAll(Room room, UserId user, long revision) {
        return room.revision() > revision || bans.changedSince(room.id(), user, revision);
    }

    /** Tells of those who belong to a room again because their ban has run out. */
    void endBans() {
        synchronized (order) {
            for (Optional<Bans.Row> ended = bans.takeExpired();
                    ended.isPresent();
                    ended = bans.takeExpired()) {
                tell(ended.get().room(), ended.get().user(), false, true);
            }
        }
    }

    /**
     * Registers for all changes from now on, one after the other: those that are stored in order of revision.
     *
     * @return ends the registration
     */
    public Runnable onEvent(Consumer<RoomEvent> listener) {
        return listeners.add(listener);
    }

    private boolean isMember(RoomRow row, UserId user) {
        return row.members().table().isIn(user)
                || (row.universal() && users.active(user) && !bans.holds(row.id(), user));
    }

    private void applyRoom(Change change, boolean live) {
        RoomId id = new RoomId(ServerBucket.id(change.key()));
        if (!(change instanceof Change.Put put)) {
            return; // Rooms are archived, never removed.
        }
        StoredRoom stored = Records.parse(StoredRoom.parser(), put.value());
        RoomRow row =
                RoomRow.of(
                        stored,
                        users.intern(creator(stored)),
                        group(stored),
                        put.revision(),
                        membersOf(id));
        RoomRow former = rooms.put(row.id(), row);
        index(former, row);
        if (live) {
            listeners.tell(
                    former == null
                            ? new RoomEvent.Created(room(row))
                            : new RoomEvent.Updated(room(row)));
            if (row.universal() != (former != null && former.universal())) {
                listeners.tell(new RoomEvent.Universal(room(row)));
            }
        }
        if (former == null && row.direct()) {
            stored.getParticipantsList()
                    .forEach(
                            user ->
                                    put(
                                            row.members(),
                                            new UserId(user),
                                            put.revision(),
                                            true,
                                            live));
        }
    }

    private void index(@Nullable RoomRow former, RoomRow row) {
        if (former != null) {
            byName.remove(former.comparableName(), former);
        }
        if (!row.direct()) {
            byName.put(row.comparableName(), row);
        }
        if (row.everUniversal()) {
            everUniversal.add(row.id());
        }
    }

    private void applyMembership(Change change, boolean live) {
        if (!(change instanceof Change.Put put)) {
            return; // Who leaves stays on record as having left.
        }
        StoredMembership stored = Records.parse(StoredMembership.parser(), put.value());
        Owner owner = Owner.of(change);
        put(
                membersOf(owner.room()),
                owner.user(),
                put.revision(),
                stored.getState() == StoredMembershipState.STORED_MEMBERSHIP_STATE_JOINED,
                live);
    }

    private void put(Members room, UserId id, long revision, boolean in, boolean live) {
        UserId user = users.intern(id);
        boolean wasMember = live && isMember(room.room(), user);
        room.put(user, revision, in);
        byUser.computeIfAbsent(user, _ -> new RevisionTable<>()).put(room.room(), revision, in);
        tell(room.room(), user, wasMember, live);
    }

    private void applyBan(Change change, boolean live) {
        Owner owner = Owner.of(change);
        UserId user = users.intern(owner.user());
        boolean wasMember = live && isMember(owner.room(), user) && !bans.runs(owner.room(), user);
        switch (change) {
            case Change.Put put -> {
                StoredBan stored = Records.parse(StoredBan.parser(), put.value());
                bans.put(
                        new Bans.Row(
                                owner.room(), user, stored.getExpiresAtMillis(), put.revision()));
            }
            case Change.Removed _ -> bans.remove(owner.room(), user);
        }
        tell(owner.room(), user, wasMember, live);
    }

    private void tell(RoomId room, UserId user, boolean wasMember, boolean live) {
        if (live && isMember(room, user) != wasMember) {
            listeners.tell(
                    wasMember ? new RoomEvent.Left(room, user) : new RoomEvent.Joined(room, user));
        }
    }

    private Members membersOf(RoomId room) {
        return members.computeIfAbsent(room, Members::new);
    }

    /** The room and the person that a key names. */
    private record Owner(RoomId room, UserId user) {

        static Owner of(Change change) {
            String id = ServerBucket.id(change.key());
            int dot = id.indexOf('.');
            return new Owner(new RoomId(id.substring(0, dot)), new UserId(id.substring(dot + 1)));
        }
    }

    private static GroupId group(StoredRoom stored) {
        return stored.getGroup().isEmpty() ? GroupId.LOBBY : new GroupId(stored.getGroup());
    }

    private static UserId creator(StoredRoom stored) {
        return stored.getCreatedBy().isEmpty() ? UserId.SYSTEM : new UserId(stored.getCreatedBy());
    }
}
