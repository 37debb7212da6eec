package chat.chatto.core.room;

import java.util.List;

/**
 * What became different for a person since some moment, as it is now.
 *
 * @param joined the person belongs to them anew
 * @param updated the person belonged to them before and does so still; the room or its members changed
 * @param left the person no longer belongs to them
 */
public record RoomChanges(List<Room> joined, List<Room> updated, List<RoomId> left) {

    public RoomChanges {
        joined = List.copyOf(joined);
        updated = List.copyOf(updated);
        left = List.copyOf(left);
    }

    public boolean isEmpty() {
        return joined.isEmpty() && updated.isEmpty() && left.isEmpty();
    }
}
