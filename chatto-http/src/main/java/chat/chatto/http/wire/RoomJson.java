package chat.chatto.http.wire;

import chat.chatto.core.access.Permissions;
import chat.chatto.core.account.UserId;
import chat.chatto.core.readstate.ReadPositions;
import chat.chatto.core.room.Room;
import chat.chatto.core.room.RoomHeads;
import chat.chatto.core.room.RoomId;
import chat.chatto.core.room.Rooms;
import chat.chatto.core.room.SlowMode;
import chat.chatto.http.json.JsonOutput;
import chat.chatto.http.json.Name;

import jakarta.inject.Inject;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Rooms as JSON. Safe for use by many threads. */
public final class RoomJson {

    private static final Name ROOMS = Name.of("rooms");
    private static final Name NEXT_CURSOR = Name.of("nextCursor");
    private static final Name ID = Name.of("id");
    private static final Name NAME = Name.of("name");
    private static final Name KIND = Name.of("kind");
    private static final Name DESCRIPTION = Name.of("description");
    private static final Name JOINED = Name.of("joined");
    private static final Name ARCHIVED = Name.of("archived");
    private static final Name HEAD = Name.of("head");
    private static final Name READ_ORDINAL = Name.of("readOrdinal");
    private static final Name UNREAD = Name.of("unread");
    private static final Name MEMBER_COUNT = Name.of("memberCount");
    private static final Name CREATED_AT = Name.of("createdAt");
    private static final Name CREATED_BY = Name.of("createdBy");
    private static final Name CAN_MANAGE = Name.of("canManage");
    private static final Name PERMISSIONS = Name.of("permissions");
    private static final Name GROUP_ID = Name.of("groupId");
    private static final Name POSITION = Name.of("position");
    private static final Name UNIVERSAL = Name.of("universal");
    private static final Name PRIVATE = Name.of("private");
    private static final Name SLOW_MODE_SECONDS = Name.of("slowModeSeconds");
    private static final Name PARTICIPANTS = Name.of("participants");
    private static final Name LAST_ACTIVITY_AT = Name.of("lastActivityAt");
    private static final Name POSTABLE_AT = Name.of("postableAt");

    private static final long NOTHING_READ = -1;
    private static final int BYTES_EACH = 560;

    private final Rooms rooms;
    private final Permissions permissions;
    private final RoomHeads heads;
    private final ReadPositions positions;
    private final SlowMode slowMode;
    private final UserJson users;

    @Inject
    public RoomJson(
            Rooms rooms,
            Permissions permissions,
            RoomHeads heads,
            ReadPositions positions,
            SlowMode slowMode,
            UserJson users) {
        this.rooms = rooms;
        this.permissions = permissions;
        this.heads = heads;
        this.positions = positions;
        this.slowMode = slowMode;
        this.users = users;
    }

    /** A room as one person sees it. */
    public JsonOutput room(Room room, UserId viewer) {
        JsonOutput json = new JsonOutput(BYTES_EACH);
        boolean joined = rooms.mayRead(viewer, room.id());
        long read = joined ? positions.get(viewer, room.id()) : NOTHING_READ;
        json.beginObject();
        write(json, room, viewer, joined, read);
        if (joined && !rooms.canManage(viewer, room)) {
            json.optionalTime(POSTABLE_AT, slowMode.nextTurn(viewer, room));
        }
        return json.endObject();
    }

    /** Rooms as one person sees them. */
    public JsonOutput list(List<Room> list, Optional<String> nextCursor, UserId viewer) {
        JsonOutput json = new JsonOutput(64 + BYTES_EACH * list.size());
        Set<RoomId> joined = rooms.readable(viewer);
        Map<RoomId, Long> read = positions.all(viewer);
        json.beginObject().name(ROOMS).beginArray();
        for (Room room : list) {
            json.beginObject();
            write(
                    json,
                    room,
                    viewer,
                    joined.contains(room.id()),
                    read.getOrDefault(room.id(), NOTHING_READ));
            json.endObject();
        }
        return json.endArray().optional(NEXT_CURSOR, nextCursor).endObject();
    }

    /** How far somebody has read a room they joined. */
    public JsonOutput readPosition(RoomId room, long ordinal) {
        JsonOutput json = new JsonOutput(64);
        json.beginObject();
        readFields(json, room, ordinal);
        return json.endObject();
    }

    /** A room as everybody sees it. */
    void broadcast(JsonOutput json, Room room) {
        json.beginObject();
        facts(json, room, heads.head(room.id()));
        json.endObject();
    }

    void readFields(JsonOutput json, RoomId room, long ordinal) {
        json.field(READ_ORDINAL, ordinal).field(UNREAD, unread(heads.head(room), ordinal));
    }

    private void write(JsonOutput json, Room room, UserId viewer, boolean joined, long stored) {
        long head = heads.head(room.id());
        long read = joined ? room.readThrough(stored) : NOTHING_READ;
        facts(json, room, head);
        json.field(JOINED, joined)
                .field(READ_ORDINAL, read)
                .field(UNREAD, joined ? unread(head, read) : 0)
                .field(CAN_MANAGE, rooms.canManage(viewer, room))
                .name(PERMISSIONS)
                .beginArray();
        permissions.of(viewer, room).forEach(permission -> json.value(permission.text()));
        json.endArray();
    }

    private void facts(JsonOutput json, Room room, long head) {
        json.field(ID, room.id().value())
                .field(NAME, room.name())
                .field(KIND, room.kind().text())
                .field(DESCRIPTION, room.description())
                .field(ARCHIVED, room.archived())
                .field(HEAD, head)
                .field(MEMBER_COUNT, room.memberCount())
                .field(CREATED_AT, room.createdAt())
                .field(CREATED_BY, room.createdBy().value());
        if (room.direct()) {
            json.name(PARTICIPANTS).beginArray();
            room.participants().stream()
                    .sorted(UserId.BY_VALUE)
                    .forEach(user -> users.writeAuthor(json, user));
            json.endArray();
        } else {
            room.group().ifPresent(group -> json.field(GROUP_ID, group.value()));
            json.field(UNIVERSAL, room.universal())
                    .field(PRIVATE, rooms.restricted(room))
                    .field(SLOW_MODE_SECONDS, room.slowMode().toSeconds());
            if (room.rank() != 0) {
                json.field(POSITION, room.rank());
            }
        }
        json.optionalTime(LAST_ACTIVITY_AT, heads.lastActivity(room.id()));
    }

    private static long unread(long head, long read) {
        return Math.max(0, head - read);
    }
}
