package chat.chatto.http.wire;

import chat.chatto.core.ChattoException;
import chat.chatto.core.personal.Draft;
import chat.chatto.core.personal.Preferences;
import chat.chatto.core.personal.PreferencesChange;
import chat.chatto.core.personal.TimeFormat;
import chat.chatto.core.room.RoomId;
import chat.chatto.core.timeline.MessageAddress;
import chat.chatto.core.timeline.TimelineId;
import chat.chatto.http.json.Fields;
import chat.chatto.http.json.JsonOutput;
import chat.chatto.http.json.Name;

import java.util.List;
import java.util.Optional;

/** What belongs to one person, as JSON. */
public final class PersonalJson {

    private static final Name DRAFTS = Name.of("drafts");
    private static final Name DRAFT = Name.of("draft");
    private static final Name SAVED = Name.of("saved");
    private static final Name ROOM_ID = Name.of("roomId");
    private static final Name THREAD_ROOT = Name.of("threadRoot");
    private static final Name ORDINAL = Name.of("ordinal");
    private static final Name BODY = Name.of("body");
    private static final Name REPLY_TO = Name.of("replyTo");
    private static final Name UPDATED_AT = Name.of("updatedAt");
    private static final Name LAST_ROOM_ID = Name.of("lastRoomId");
    private static final Name TIME_FORMAT = Name.of("timeFormat");
    private static final Name RECENT_EMOJI = Name.of("recentEmoji");
    private static final Name EMOJI_TONE = Name.of("emojiTone");

    private PersonalJson() {}

    public static JsonOutput drafts(List<Draft> drafts) {
        JsonOutput json = new JsonOutput();
        json.beginObject().name(DRAFTS).beginArray();
        drafts.forEach(draft -> write(json, draft));
        return json.endArray().endObject();
    }

    /** What is kept of a line; nothing where there is no draft. */
    public static JsonOutput draft(Optional<Draft> draft) {
        JsonOutput json = new JsonOutput();
        json.beginObject();
        draft.ifPresent(kept -> write(json.name(DRAFT), kept));
        return json.endObject();
    }

    public static JsonOutput savedIds(List<MessageAddress> saved) {
        JsonOutput json = new JsonOutput(64 + 64 * saved.size());
        json.beginObject().name(SAVED).beginArray();
        for (MessageAddress message : saved) {
            line(json.beginObject(), message.timeline());
            json.field(ORDINAL, message.ordinal()).endObject();
        }
        return json.endArray().endObject();
    }

    public static void write(JsonOutput json, Preferences preferences) {
        json.beginObject()
                .optional(LAST_ROOM_ID, preferences.lastRoom().map(RoomId::value))
                .field(TIME_FORMAT, text(preferences.timeFormat()))
                .name(RECENT_EMOJI)
                .beginArray();
        preferences.recentEmoji().forEach(json::value);
        json.endArray().field(EMOJI_TONE, preferences.emojiTone()).endObject();
    }

    /**
     * What somebody wants to prefer; nothing where nothing came.
     *
     * @throws ChattoException INVALID
     */
    public static PreferencesChange preferencesChange(Optional<Fields> sent) {
        if (sent.isEmpty()) {
            return new PreferencesChange(
                    Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        }
        Fields fields = sent.get();
        Optional<String> room = fields.text("lastRoomId");
        Optional<String> format = fields.text("timeFormat");
        List<String> recent = fields.texts("recentEmoji", Preferences.RECENT_EMOJI);
        Optional<Integer> tone =
                fields.whole("emojiTone", 0).stream()
                        .mapToObj(value -> (int) Math.min(value, Integer.MAX_VALUE))
                        .findFirst();
        return new PreferencesChange(
                room.map(PersonalJson::room),
                format.map(PersonalJson::timeFormat),
                fields.has("recentEmoji") ? Optional.of(recent) : Optional.empty(),
                tone);
    }

    private static void write(JsonOutput json, Draft draft) {
        line(json.beginObject(), draft.timeline());
        json.field(BODY, draft.body())
                .optional(REPLY_TO, draft.replyTo())
                .field(UPDATED_AT, draft.updatedAt())
                .endObject();
    }

    private static void line(JsonOutput json, TimelineId timeline) {
        json.field(ROOM_ID, timeline.room().value()).optional(THREAD_ROOT, timeline.threadRoot());
    }

    private static RoomId room(String value) {
        try {
            return new RoomId(value);
        } catch (IllegalArgumentException e) {
            throw ChattoException.invalid("preferences.lastRoomId", "must be the id of a room");
        }
    }

    private static String text(TimeFormat format) {
        return switch (format) {
            case AUTOMATIC -> "auto";
            case TWELVE_HOURS -> "12h";
            case TWENTY_FOUR_HOURS -> "24h";
        };
    }

    private static TimeFormat timeFormat(String text) {
        return switch (text) {
            case "auto" -> TimeFormat.AUTOMATIC;
            case "12h" -> TimeFormat.TWELVE_HOURS;
            case "24h" -> TimeFormat.TWENTY_FOUR_HOURS;
            default ->
                    throw ChattoException.invalid(
                            "preferences.timeFormat", "must be auto, 12h or 24h");
        };
    }
}
