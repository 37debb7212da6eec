package chat.chatto.core.room;

import chat.chatto.core.ChattoException;

import java.util.Optional;

/**
 * Which rooms somebody looks for.
 *
 * @param text occurs in the name, or in that of a participant, whatever the case; empty finds all
 * @param joined only those the person belongs to, or only the others; empty finds both
 * @param kind only channels or only conversations
 * @param group only channels in it
 * @param archived only those in the archive, or only the others
 * @param limit 1 to {@value #LIMIT}
 * @param cursor from the former part of the list; empty for the first one
 */
public record RoomQuery(
        Optional<String> text,
        Optional<Boolean> joined,
        Optional<RoomKind> kind,
        Optional<GroupId> group,
        Optional<Boolean> archived,
        int limit,
        Optional<String> cursor) {

    /** The most rooms at once. */
    public static final int LIMIT = 1_000;

    /** How many rooms at once where nobody asks for a number. */
    public static final int DEFAULT_LIMIT = 500;

    public RoomQuery {
        if (limit < 1 || limit > LIMIT) {
            throw ChattoException.invalid("limit", "must be 1 to " + LIMIT);
        }
    }

    /** Rooms of all kinds and groups, in the archive or not. */
    public RoomQuery(
            Optional<String> text, Optional<Boolean> joined, int limit, Optional<String> cursor) {
        this(text, joined, Optional.empty(), Optional.empty(), Optional.empty(), limit, cursor);
    }

    /** The first rooms of all. */
    public static RoomQuery all() {
        return new RoomQuery(Optional.empty(), Optional.empty(), DEFAULT_LIMIT, Optional.empty());
    }
}
