package chat.chatto.core.timeline;

/**
 * A name behind an {@code @} that calls nobody: the message stands as it was written, and its author is told.
 *
 * @param name as it is written, without the {@code @}
 */
public record UnreachedMention(String name, Reason reason) {

    /** Why nobody is called. */
    public enum Reason {
        /** No person has this login, and no role that may be mentioned this name. */
        UNKNOWN,
        /** The person may not read the room. */
        NOT_IN_ROOM
    }

    /** For the author. */
    public String detail() {
        return switch (reason) {
            case UNKNOWN ->
                    "Nobody here is called @"
                            + name
                            + ", and no role that can be mentioned is: nobody was notified by it."
                            + " Check the name, and edit the message";
            case NOT_IN_ROOM ->
                    "@"
                            + name
                            + " does not belong to this room and was not notified: invite them, or"
                            + " write to them directly";
        };
    }
}
