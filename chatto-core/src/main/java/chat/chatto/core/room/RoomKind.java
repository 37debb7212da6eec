package chat.chatto.core.room;

/** What a room is for. */
public enum RoomKind {
    /** People join it, and it has a name. */
    CHANNEL("channel"),
    /** Belongs to its participants alone. */
    DIRECT_MESSAGE("dm");

    private final String text;

    RoomKind(String text) {
        this.text = text;
    }

    /** As clients know it. */
    public String text() {
        return text;
    }
}
