package chat.chatto.core.room;

import java.time.Duration;
import java.util.Optional;

/**
 * What is to be different about a room; what is empty stays.
 *
 * @param group where it is listed from now on
 * @param position its place among those rooms of its group that the actor sees, 0 for the first
 * @param restricted whether only those see it whom somebody adds
 */
public record RoomChange(
        Optional<String> name,
        Optional<String> description,
        Optional<Boolean> archived,
        Optional<GroupId> group,
        Optional<Integer> position,
        Optional<Boolean> universal,
        Optional<Boolean> restricted,
        Optional<Duration> slowMode) {

    /** Another name, description, or place in the archive or out of it. */
    public RoomChange(
            Optional<String> name, Optional<String> description, Optional<Boolean> archived) {
        this(
                name,
                description,
                archived,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Another name. */
    public static RoomChange rename(String name) {
        return new RoomChange(Optional.of(name), Optional.empty(), Optional.empty());
    }

    /** Into the archive, or out of it. */
    public static RoomChange archive(boolean archived) {
        return new RoomChange(Optional.empty(), Optional.empty(), Optional.of(archived));
    }

    /** To another group, or another place in its own. */
    public static RoomChange place(Optional<GroupId> group, Optional<Integer> position) {
        return sameName(group, position, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** For everybody, or only for those who join. */
    public static RoomChange universal(boolean universal) {
        return samePlace(Optional.of(universal), Optional.empty(), Optional.empty());
    }

    /** Only for those whom somebody adds, or for all. */
    public static RoomChange restricted(boolean restricted) {
        return samePlace(Optional.empty(), Optional.of(restricted), Optional.empty());
    }

    /** The least time between two messages of a member, zero for no limit. */
    public static RoomChange slowMode(Duration slowMode) {
        return samePlace(Optional.empty(), Optional.empty(), Optional.of(slowMode));
    }

    private static RoomChange samePlace(
            Optional<Boolean> universal,
            Optional<Boolean> restricted,
            Optional<Duration> slowMode) {
        return sameName(Optional.empty(), Optional.empty(), universal, restricted, slowMode);
    }

    private static RoomChange sameName(
            Optional<GroupId> group,
            Optional<Integer> position,
            Optional<Boolean> universal,
            Optional<Boolean> restricted,
            Optional<Duration> slowMode) {
        return new RoomChange(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                group,
                position,
                universal,
                restricted,
                slowMode);
    }
}
