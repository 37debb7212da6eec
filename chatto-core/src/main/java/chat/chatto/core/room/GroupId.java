package chat.chatto.core.room;

import chat.chatto.core.Identifiers;

/** Identifies a group of rooms for ever; never reused. */
public record GroupId(String value) {

    /** The group that every server has, and that channels are in which no other is named for. */
    public static final GroupId LOBBY = new GroupId("Globby");

    public GroupId {
        Identifiers.check("group", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
