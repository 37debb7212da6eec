package chat.chatto.core.access;

import chat.chatto.core.ChattoException;
import chat.chatto.core.account.UserId;
import chat.chatto.core.room.GroupId;
import chat.chatto.core.room.Room;
import chat.chatto.core.room.RoomDirectory;
import chat.chatto.core.room.RoomId;
import chat.chatto.core.server.ServerBucket;

import jakarta.inject.Inject;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Says who may do what, from memory; before it refuses it asks storage, as another server may have permitted it a moment ago. Safe for use
 * by many threads.
 */
public final class Permissions {

    private final ServerBucket server;
    private final AccessDirectory access;
    private final RoomDirectory rooms;

    @Inject
    public Permissions(ServerBucket server, AccessDirectory access, RoomDirectory rooms) {
        this.server = server;
        this.access = access;
        this.rooms = rooms;
    }

    /** Whether a person may do something on the whole server. */
    public boolean allows(UserId user, Permission permission) {
        return decide(user, permission, new Place.OnServer()).allowed();
    }

    /** Whether a person may do something in a group of rooms. */
    public boolean allows(UserId user, Permission permission, GroupId group) {
        return decide(user, permission, new Place.InGroup(group)).allowed();
    }

    /** Whether a person may do something in a room; false for a room this server does not know. */
    public boolean allows(UserId user, Permission permission, RoomId room) {
        Optional<Room> present = rooms.find(room);
        return present.isPresent() && allows(user, permission, present.get());
    }

    /** Whether a person may do something in a room. */
    public boolean allows(UserId user, Permission permission, Room room) {
        return decide(user, permission, Place.in(room)).allowed();
    }

    /**
     * @throws ChattoException FORBIDDEN naming the permission and what decided, unless the person has it on the whole server; UNAVAILABLE
     *     when it would be a no and storage is away
     */
    public void require(UserId user, Permission permission) {
        require(user, permission, new Place.OnServer(), new Scope.Server());
    }

    /**
     * @throws ChattoException FORBIDDEN naming the permission and what decided, unless the person has it in the group; UNAVAILABLE when it
     *     would be a no and storage is away
     */
    public void require(UserId user, Permission permission, GroupId group) {
        require(user, permission, new Place.InGroup(group), new Scope.Group(group));
    }

    /**
     * @throws ChattoException NOT_FOUND; FORBIDDEN naming the permission and what decided, unless the person has it in the room;
     *     UNAVAILABLE when it would be a no and storage is away
     */
    public void require(UserId user, Permission permission, RoomId room) {
        Place place = Place.in(rooms.require(room));
        require(user, permission, place, new Scope.OfRoom(room));
    }

    /** What a person may do on the whole server. */
    public List<Permission> of(UserId user) {
        Place server = new Place.OnServer();
        return Arrays.stream(Permission.values())
                .filter(permission -> decide(user, permission, server).allowed())
                .toList();
    }

    /** What a person may do in a room, of that which single rooms can allow and deny. */
    public List<Permission> of(UserId user, Room room) {
        Place place = Place.in(room);
        return Permission.ofRooms().stream()
                .filter(permission -> decide(user, permission, place).allowed())
                .toList();
    }

    /** Whether a person may do something in a scope; false for a room this server does not know. */
    boolean allowsIn(UserId user, Permission permission, Scope scope) {
        return place(scope).filter(place -> decide(user, permission, place).allowed()).isPresent();
    }

    /** What lies in a scope; empty for a room that there is not. */
    Optional<Place> place(Scope scope) {
        return switch (scope) {
            case Scope.Server() -> Optional.of(new Place.OnServer());
            case Scope.Group(GroupId group) -> Optional.of(new Place.InGroup(group));
            case Scope.OfRoom(RoomId room) -> rooms.find(room).map(Place::in);
        };
    }

    /** Whether joining the room is denied to the person or to a role the person was given, so that not even belonging to it helps. */
    boolean shutOut(UserId user, Room room) {
        return decide(user, Permission.ROOM_JOIN, Place.in(room)).deniedInPerson();
    }

    Decision decide(UserId user, Permission permission, Place place) {
        return Resolution.decide(access.state(), user, permission, place);
    }

    /** Brings the memory up to what is stored of a person's roles and of what holds in a scope. */
    void catchUp(UserId user, Scope scope) {
        server.catchUp(AccessRecords.rolesOfKey(user));
        server.catchUp(AccessRecords.grantsKey(scope));
    }

    private void require(UserId user, Permission permission, Place place, Scope scope) {
        if (decide(user, permission, place).allowed()) {
            return;
        }
        catchUp(user, scope);
        Decision decision = decide(user, permission, place);
        if (!decision.allowed()) {
            throw ChattoException.forbidden(Explanation.refusal(permission, decision));
        }
    }
}
