package chat.chatto.http.realtime;

import chat.chatto.core.account.UserId;
import chat.chatto.core.room.RoomId;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Who is connected here, and in which rooms: what concerns nobody here need not even be decrypted. Safe for use by many threads. */
final class Interest {

    private final Map<RoomId, Integer> lanes = new ConcurrentHashMap<>();
    private final Map<UserId, Integer> lanesOfUsers = new ConcurrentHashMap<>();

    boolean in(RoomId room) {
        return lanes.containsKey(room);
    }

    /** Whether a person is connected here. */
    boolean has(UserId user) {
        return lanesOfUsers.containsKey(user);
    }

    /** One more lane has connections of the person. */
    void add(UserId user) {
        lanesOfUsers.merge(user, 1, Integer::sum);
    }

    /** One lane less has connections of the person. */
    void remove(UserId user) {
        lanesOfUsers.computeIfPresent(user, (_, count) -> count == 1 ? null : count - 1);
    }

    /** One more lane has somebody in the room. */
    void add(RoomId room) {
        lanes.merge(room, 1, Integer::sum);
    }

    /** One lane less has somebody in the room. */
    void remove(RoomId room) {
        lanes.computeIfPresent(room, (_, count) -> count == 1 ? null : count - 1);
    }
}
