package chat.chatto.http.realtime;

import chat.chatto.core.room.RoomId;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** In which rooms anybody is connected here: what happens in others need not even be decrypted. Safe for use by many threads. */
final class Interest {

    private final Map<RoomId, Integer> lanes = new ConcurrentHashMap<>();

    boolean in(RoomId room) {
        return lanes.containsKey(room);
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
