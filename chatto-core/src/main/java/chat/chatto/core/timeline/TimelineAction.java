package chat.chatto.core.timeline;

/** What somebody may be permitted to do in a room's timelines. */
public enum TimelineAction {
    /** Write into the main line. */
    POST,
    /** Write into a thread. */
    REPLY,
    /** Write with files. */
    ATTACH,
    /** Put a reaction under a message; taking one's own back needs nothing. */
    REACT,
    /** Show a reply in the main line too. */
    ECHO,
    /** Pin a message to the room, or take it off. */
    PIN
}
