package chat.chatto.core.room;

import java.util.Optional;

/**
 * What a room that somebody makes is to be.
 *
 * @param group where it is listed; empty for the lobby
 * @param restricted whether only those see it whom somebody adds
 * @param universal whether everybody belongs to it
 */
public record NewRoom(
        String name,
        String description,
        Optional<GroupId> group,
        boolean restricted,
        boolean universal) {

    /** A room in the lobby that everybody may join. */
    public NewRoom(String name, String description) {
        this(name, description, Optional.empty(), false, false);
    }
}
