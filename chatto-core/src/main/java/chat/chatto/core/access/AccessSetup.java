package chat.chatto.core.access;

import static chat.chatto.core.server.Records.FORMAT;

import chat.chatto.core.account.UserId;
import chat.chatto.core.room.Room;
import chat.chatto.core.room.RoomDirectory;
import chat.chatto.core.server.ServerBucket;
import chat.chatto.core.stored.v1.StoredRole;
import chat.chatto.storage.ConflictException;
import chat.chatto.storage.KeyValueStore.Write;

import jakarta.inject.Inject;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Gives a store without roles the roles of a new server and what they allow. */
public final class AccessSetup {

    private final ServerBucket server;
    private final AccessDirectory access;
    private final RoomDirectory rooms;
    private final InstantSource clock;

    @Inject
    public AccessSetup(
            ServerBucket server, AccessDirectory access, RoomDirectory rooms, InstantSource clock) {
        this.server = server;
        this.access = access;
        this.rooms = rooms;
        this.clock = clock;
    }

    /**
     * Does it where there are none, once for ever; of several servers that start at once, one does it. Call it once this server's copy is
     * current.
     */
    public void prepare() {
        if (access.state().roles().containsKey(RoleId.EVERYONE)) {
            return;
        }
        // Before the roles, so that a server that ends in between does it again.
        rooms.all().forEach(this::letCreatorManage);
        List<Write> writes = new ArrayList<>();
        writes.add(
                new Write.Create(
                        AccessRecords.grantsKey(new Scope.Server()),
                        AccessRecords.grants(DefaultGrants.onServer())));
        DefaultGrants.ROLES.forEach(role -> writes.add(creation(role)));
        try {
            server.transact(writes);
        } catch (ConflictException _) {
            // Another server did it.
            server.catchUp(AccessRecords.roleKey(RoleId.EVERYONE));
        }
    }

    /** Whoever made a room managed it before there were roles. */
    private void letCreatorManage(Room room) {
        if (room.createdBy().equals(UserId.SYSTEM)) {
            return;
        }
        Grant manage =
                GrantRecords.to(
                        room.createdBy(), Permission.ROOM_MANAGE, new Scope.OfRoom(room.id()));
        try {
            server.transact(List.of(GrantRecords.first(room.id(), Stream.of(manage))));
        } catch (ConflictException _) {
            // Done before.
        }
    }

    private Write creation(Role role) {
        return new Write.Create(
                AccessRecords.roleKey(role.id()),
                StoredRole.newBuilder()
                        .setFormat(FORMAT)
                        .setDisplayName(role.displayName())
                        .setDescription(role.description())
                        .setPingable(role.pingable())
                        .setPosition(role.position())
                        .setCreatedAtMillis(clock.millis())
                        .build()
                        .toByteArray());
    }
}
