package chat.chatto.core.notification;

import chat.chatto.core.room.RoomId;
import chat.chatto.core.timeline.TimelineId;

import java.util.HashMap;
import java.util.Map;

/**
 * What a person wants to be notified of. The nearest wish counts: one for the thread, then one for the room, then one for the whole
 * server, then what is usual.
 *
 * @param timelines by a room's main line for the whole room, or by thread
 */
public record NotificationSettings(
        Map<Cause, Mode> server,
        Map<TimelineId, Map<Cause, Mode>> timelines,
        DoNotDisturb doNotDisturb) {

    /** Of how many rooms and threads wishes are kept. */
    public static final int TIMELINES = 1_000;

    /** No wish at all. */
    public static final NotificationSettings NONE =
            new NotificationSettings(Map.of(), Map.of(), DoNotDisturb.NEVER);

    public NotificationSettings {
        server = Map.copyOf(server);
        timelines = Map.copyOf(timelines);
    }

    /** How the person is notified of something in a timeline. */
    public Mode mode(Cause cause, TimelineId timeline) {
        Mode usual = server.getOrDefault(cause, cause.standard());
        Mode inRoom = wishes(TimelineId.main(timeline.room())).getOrDefault(cause, usual);
        return timeline.isThread() ? wishes(timeline).getOrDefault(cause, inRoom) : inRoom;
    }

    /** The wishes for a room, by its main line, or for a thread. */
    public Map<Cause, Mode> wishes(TimelineId timeline) {
        return timelines.getOrDefault(timeline, Map.of());
    }

    /** Whether every message of the whole server is wished for. */
    boolean followsRooms() {
        return server.getOrDefault(Cause.ROOM, Cause.ROOM.standard()) != Mode.OFF;
    }

    /** Whether every message of a room, or of a thread in it, is wished for. */
    boolean follows(RoomId room) {
        return timelines.entrySet().stream()
                .anyMatch(
                        wish ->
                                wish.getKey().room().equals(room)
                                        && wish.getValue().getOrDefault(Cause.ROOM, Mode.OFF)
                                                != Mode.OFF);
    }

    NotificationSettings with(Map<Cause, Mode> newServer, DoNotDisturb newDoNotDisturb) {
        return new NotificationSettings(newServer, timelines, newDoNotDisturb);
    }

    NotificationSettings with(TimelineId timeline, Map<Cause, Mode> wishes) {
        Map<TimelineId, Map<Cause, Mode>> changed = new HashMap<>(timelines);
        if (wishes.isEmpty()) {
            changed.remove(timeline);
        } else {
            changed.put(timeline, Map.copyOf(wishes));
        }
        return new NotificationSettings(server, changed, doNotDisturb);
    }
}
