package chat.chatto.core.room;

import chat.chatto.core.ChattoException;
import chat.chatto.core.ErrorCode;
import chat.chatto.core.Names;
import chat.chatto.core.account.UserId;

import java.time.Duration;

/** What holds for every channel, whether it is being made or changed. Safe for use by many threads. */
final class RoomRules {

    /** The most rooms that everybody belongs to: each of them costs something for everybody who is connected. */
    private static final int UNIVERSAL = 50;

    /** The longest time between two messages of a member that a room can ask for. */
    private static final Duration SLOWEST = Duration.ofHours(6);

    private final RoomDirectory directory;
    private final RoomAccess access;

    RoomRules(RoomDirectory directory, RoomAccess access) {
        this.directory = directory;
        this.access = access;
    }

    void checkUniversal(UserId actor, boolean restricted) {
        access.checkArrange(actor);
        if (restricted) {
            throw neverBoth();
        }
        if (directory.universal().size() >= UNIVERSAL) {
            throw ChattoException.of(
                    ErrorCode.CONFLICT,
                    "Everybody belongs to " + UNIVERSAL + " rooms already, which is the most");
        }
    }

    static ChattoException neverBoth() {
        return ChattoException.invalid(
                "universal", "and private exclude each other: everybody belongs to the room");
    }

    static void checkOpen(Room room) {
        if (room.archived()) {
            throw ChattoException.of(ErrorCode.ARCHIVED, "The room is archived");
        }
    }

    static void checkChannel(Room room, String what) {
        if (room.direct()) {
            throw ChattoException.forbidden(
                    "This is a conversation: who takes part in it, and what it is, cannot be "
                            + what);
        }
    }

    static Duration slowMode(Duration slowMode) {
        if (slowMode.isNegative() || slowMode.compareTo(SLOWEST) > 0) {
            throw ChattoException.invalid("slowModeSeconds", "must be 0 to " + SLOWEST.toSeconds());
        }
        return slowMode;
    }

    static String name(String name) {
        return Names.clean("name", name, 1, Rooms.NAME_CHARACTERS);
    }

    static String description(String description) {
        Names.checkBytes("description", description, Rooms.DESCRIPTION_BYTES);
        Names.checkText("description", description);
        return description;
    }

    static ChattoException busy() {
        return ChattoException.of(ErrorCode.CONFLICT, "The room is being changed by others");
    }
}
