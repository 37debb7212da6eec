package chat.chatto.core.room;

import static chat.chatto.core.server.Records.FORMAT;

import chat.chatto.core.ChattoException;
import chat.chatto.core.ErrorCode;
import chat.chatto.core.IdempotencyKey;
import chat.chatto.core.Ids;
import chat.chatto.core.account.UserId;
import chat.chatto.core.server.Records;
import chat.chatto.core.server.ServerBucket;
import chat.chatto.core.stored.v1.StoredRoom;
import chat.chatto.storage.ConflictException;
import chat.chatto.storage.KeyValueStore.Entry;
import chat.chatto.storage.KeyValueStore.Write;

import com.google.protobuf.ByteString;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes channels, each once, however often it is tried. Safe for use by many threads. */
final class RoomCreation {

    private static final int ATTEMPTS = 8;

    private final ServerBucket server;
    private final RoomDirectory directory;
    private final RoomAccess access;
    private final RoomRules rules;
    private final RoomRecords records;
    private final Memberships memberships;
    private final Ids ids;
    private final InstantSource clock;
    private final int shards;

    RoomCreation(
            ServerBucket server,
            RoomDirectory directory,
            RoomAccess access,
            Memberships memberships,
            Ids ids,
            InstantSource clock,
            int shards) {
        this.server = server;
        this.directory = directory;
        this.access = access;
        this.rules = new RoomRules(directory, access);
        this.records = new RoomRecords(server);
        this.memberships = memberships;
        this.ids = ids;
        this.clock = clock;
        this.shards = shards;
    }

    /** As {@link Rooms#create}. */
    Room create(UserId actor, NewRoom room, Optional<IdempotencyKey> key) {
        String name = RoomRules.name(room.name());
        String description = RoomRules.description(room.description());
        GroupId group = room.group().orElse(GroupId.LOBBY);
        access.checkCreate(actor, Optional.of(group));
        if (room.universal()) {
            rules.checkUniversal(actor, room.restricted());
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
        throw RoomRules.busy();
    }

    /** As {@link Rooms#prepareFirst}. */
    void prepareFirst() {
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
        writes.addAll(
                records.creation(
                        general, stored(general, "general", "").setRank(Arrangement.GAP).build()));
        try {
            server.transact(writes);
        } catch (ConflictException _) {
            server.catchUp(RoomDirectory.roomKey(general)); // Another server made them.
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
}
