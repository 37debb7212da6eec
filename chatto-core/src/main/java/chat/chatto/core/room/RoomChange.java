package chat.chatto.core.room;

import java.util.Optional;

/** What is to be different about a room; what is empty stays. */
public record RoomChange(
        Optional<String> name, Optional<String> description, Optional<Boolean> archived) {

    /** Another name. */
    public static RoomChange rename(String name) {
        return new RoomChange(Optional.of(name), Optional.empty(), Optional.empty());
    }

    /** Into the archive, or out of it. */
    public static RoomChange archive(boolean archived) {
        return new RoomChange(Optional.empty(), Optional.empty(), Optional.of(archived));
    }
}
