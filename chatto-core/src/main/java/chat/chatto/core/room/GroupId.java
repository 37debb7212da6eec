package chat.chatto.core.room;

import chat.chatto.core.Identifiers;

/** Identifies a group of rooms for ever; never reused. */
public record GroupId(String value) {

    public GroupId {
        Identifiers.check("group", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
