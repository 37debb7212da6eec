package chat.chatto.http.wire;

import chat.chatto.core.ChattoException;
import chat.chatto.core.Slice;
import chat.chatto.core.account.UserId;
import chat.chatto.core.presence.Activity;
import chat.chatto.core.presence.Presence;
import chat.chatto.core.presence.PresenceChoice;
import chat.chatto.core.presence.PresenceState;
import chat.chatto.core.presence.PresenceStatus;
import chat.chatto.http.json.JsonOutput;
import chat.chatto.http.json.Name;

import java.util.List;

/** Who is there, as JSON. */
public final class PresenceJson {

    private static final Name PRESENCES = Name.of("presences");
    private static final Name NEXT_CURSOR = Name.of("nextCursor");
    private static final Name USER_ID = Name.of("userId");
    private static final Name STATE = Name.of("state");
    private static final Name USER_SELECTED = Name.of("userSelected");
    private static final Name CHOICE = Name.of("choice");

    private static final int BYTES_EACH = 72;

    private PresenceJson() {}

    public static JsonOutput list(Slice<PresenceStatus> part) {
        JsonOutput json = new JsonOutput(64 + BYTES_EACH * part.items().size());
        write(json.beginObject(), part.items());
        return json.optional(NEXT_CURSOR, part.nextCursor()).endObject();
    }

    /** The member {@code presences} of an object that was begun. */
    static void write(JsonOutput json, List<PresenceStatus> statuses) {
        json.name(PRESENCES).beginArray();
        for (PresenceStatus status : statuses) {
            json.beginObject()
                    .field(USER_ID, status.user().value())
                    .field(STATE, text(status.state()))
                    .field(USER_SELECTED, status.userSelected())
                    .endObject();
        }
        json.endArray();
    }

    /** What only the person may know: also whether they hide. */
    public static void writeOwn(JsonOutput json, Presence presence, UserId user) {
        json.beginObject()
                .field(STATE, text(presence.status(user).state()))
                .field(CHOICE, text(presence.choice(user)))
                .endObject();
    }

    static String text(PresenceState state) {
        return switch (state) {
            case ONLINE -> "online";
            case AWAY -> "away";
            case DO_NOT_DISTURB -> "doNotDisturb";
            case OFFLINE -> "offline";
        };
    }

    static String text(PresenceChoice choice) {
        return switch (choice) {
            case AUTOMATIC -> "automatic";
            case AWAY -> "away";
            case DO_NOT_DISTURB -> "doNotDisturb";
            case OFFLINE -> "offline";
        };
    }

    /**
     * What a person chose. To choose to be online is to choose nothing else.
     *
     * @throws ChattoException INVALID for the field {@code state}
     */
    public static PresenceChoice choice(String text) {
        return switch (text) {
            case "automatic", "online" -> PresenceChoice.AUTOMATIC;
            case "away" -> PresenceChoice.AWAY;
            case "doNotDisturb" -> PresenceChoice.DO_NOT_DISTURB;
            case "offline" -> PresenceChoice.OFFLINE;
            default ->
                    throw ChattoException.invalid(
                            "state",
                            "must be one of automatic, online, away, doNotDisturb, offline");
        };
    }

    /**
     * What a connection says of the person behind it.
     *
     * @throws ChattoException INVALID for the field
     */
    public static Activity activity(String field, String text) {
        return switch (text) {
            case "online" -> Activity.ACTIVE;
            case "away" -> Activity.IDLE;
            default -> throw ChattoException.invalid(field, "must be online or away");
        };
    }
}
