package chat.chatto.core.timeline;

import chat.chatto.core.room.RoomId;

import java.util.List;
import java.util.Optional;

/**
 * What was read of a shard, and what of it contradicts itself.
 *
 * @param rooms how many there are; 0 as long as that is not known
 * @param roomsDone how many of them were read to their end
 * @param commits read
 * @param pages read
 * @param damages at most one for each room, the first; and what is missing without a trace of its room
 */
public record Verification(
        int rooms, int roomsDone, long commits, long pages, List<Damage> damages) {

    public Verification {
        damages = List.copyOf(damages);
    }

    /**
     * A place where the stored history contradicts itself.
     *
     * @param room empty when it cannot be told
     * @param sequence of the first commit that is lost, altered or does not belong there
     * @param what for people
     */
    public record Damage(Optional<RoomId> room, long sequence, String what) {}
}
