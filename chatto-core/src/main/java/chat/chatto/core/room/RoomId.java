package chat.chatto.core.room;

import chat.chatto.core.Identifiers;

/** Identifies a room for ever; never reused. */
public record RoomId(String value) {

    public RoomId {
        Identifiers.check("room", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
