package chat.chatto.http.wire;

import chat.chatto.core.ChattoException;
import chat.chatto.core.account.UserId;
import chat.chatto.core.notification.Cause;
import chat.chatto.core.notification.DoNotDisturb;
import chat.chatto.core.notification.FollowedThread;
import chat.chatto.core.notification.FollowedThreadList;
import chat.chatto.core.notification.FollowedThreads;
import chat.chatto.core.notification.Mode;
import chat.chatto.core.notification.Notification;
import chat.chatto.core.notification.NotificationList;
import chat.chatto.core.notification.NotificationSettings;
import chat.chatto.core.notification.Occurrence;
import chat.chatto.core.timeline.TimelineId;
import chat.chatto.http.json.Fields;
import chat.chatto.http.json.JsonOutput;
import chat.chatto.http.json.Name;

import jakarta.inject.Inject;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Notifications, followed threads and what people wish of them as JSON. Safe for use by many threads. */
public final class NotificationJson {

    private static final Name NOTIFICATIONS = Name.of("notifications");
    private static final Name UNREAD = Name.of("unread");
    private static final Name NEXT_CURSOR = Name.of("nextCursor");
    private static final Name ID = Name.of("id");
    private static final Name CAUSE = Name.of("cause");
    private static final Name CAUSES = Name.of("causes");
    private static final Name MODE = Name.of("mode");
    private static final Name CREATED_AT = Name.of("createdAt");
    private static final Name ROOM_ID = Name.of("roomId");
    private static final Name ORDINAL = Name.of("ordinal");
    private static final Name THREAD_ROOT = Name.of("threadRoot");
    private static final Name MESSAGE_ID = Name.of("messageId");
    private static final Name ACTOR = Name.of("actor");
    private static final Name EXCERPT = Name.of("excerpt");
    private static final Name EMOJI = Name.of("emoji");
    private static final Name READ = Name.of("read");
    private static final Name THREADS = Name.of("threads");
    private static final Name ROOT = Name.of("root");
    private static final Name REPLIES = Name.of("replies");
    private static final Name LAST_REPLY_AT = Name.of("lastReplyAt");
    private static final Name READ_ORDINAL = Name.of("readOrdinal");
    private static final Name FOLLOWING = Name.of("following");
    private static final Name DEFAULTS = Name.of("defaults");
    private static final Name TIMELINES = Name.of("timelines");
    private static final Name DO_NOT_DISTURB = Name.of("doNotDisturb");
    private static final Name ENABLED = Name.of("enabled");
    private static final Name FROM = Name.of("from");
    private static final Name TO = Name.of("to");
    private static final Name TIMEZONE = Name.of("timezone");
    private static final Name DAYS = Name.of("days");

    private static final Map<Cause, Name> CAUSE_NAMES = new EnumMap<>(Cause.class);

    static {
        for (Cause cause : Cause.values()) {
            CAUSE_NAMES.put(cause, Name.of(cause.text()));
        }
    }

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final String INHERIT = "inherit";
    private static final int LONGEST_ZONE = 64;
    private static final int BYTES = 400;

    private final UserJson users;
    private final MessageJson messages;

    @Inject
    public NotificationJson(UserJson users, MessageJson messages) {
        this.users = users;
        this.messages = messages;
    }

    public JsonOutput list(NotificationList list) {
        JsonOutput json = new JsonOutput(64 + BYTES * list.notifications().size());
        json.beginObject().name(NOTIFICATIONS).beginArray();
        list.notifications().forEach(one -> write(json, one));
        return json.endArray()
                .field(UNREAD, list.unread())
                .optional(NEXT_CURSOR, list.nextCursor())
                .endObject();
    }

    void write(JsonOutput json, Notification notification) {
        TimelineId timeline = notification.message().address().timeline();
        json.beginObject()
                .field(ID, notification.id())
                .field(CAUSE, notification.cause().text())
                .name(CAUSES)
                .beginArray();
        for (Occurrence occurrence : notification.occurrences()) {
            json.beginObject()
                    .field(CAUSE, occurrence.cause().text())
                    .field(MODE, occurrence.mode().text())
                    .endObject();
        }
        json.endArray()
                .field(MODE, notification.mode().text())
                .field(CREATED_AT, notification.createdAt())
                .field(ROOM_ID, timeline.room().value())
                .field(ORDINAL, notification.message().ordinal())
                .optional(THREAD_ROOT, timeline.threadRoot())
                .field(MESSAGE_ID, notification.message().id())
                .name(ACTOR);
        users.writeAuthor(json, notification.actor());
        json.field(EXCERPT, notification.excerpt())
                .optional(EMOJI, notification.emoji())
                .field(READ, notification.read())
                .endObject();
    }

    public JsonOutput threads(FollowedThreadList list, UserId reader) {
        JsonOutput json = new JsonOutput(64 + 2 * BYTES * list.threads().size());
        json.beginObject().name(THREADS).beginArray();
        for (FollowedThread thread : list.threads()) {
            json.beginObject()
                    .field(ROOM_ID, thread.root().address().timeline().room().value())
                    .name(ROOT);
            messages.seenBy(json, thread.root(), reader);
            thread.root()
                    .thread()
                    .ifPresent(
                            summary ->
                                    json.field(REPLIES, summary.replies())
                                            .field(LAST_REPLY_AT, summary.lastReplyAt()));
            json.field(READ_ORDINAL, thread.read())
                    .field(UNREAD, thread.unread())
                    .field(FOLLOWING, true)
                    .endObject();
        }
        return json.endArray()
                .field(UNREAD, list.unread())
                .optional(NEXT_CURSOR, list.nextCursor())
                .endObject();
    }

    public static JsonOutput standing(FollowedThreads.Standing standing) {
        return new JsonOutput(64)
                .beginObject()
                .field(READ_ORDINAL, standing.read())
                .field(UNREAD, standing.unread())
                .endObject();
    }

    public static JsonOutput unread(int unread) {
        return new JsonOutput(32).beginObject().field(UNREAD, unread).endObject();
    }

    public static JsonOutput settings(NotificationSettings settings) {
        JsonOutput json = new JsonOutput(1024);
        json.beginObject().name(CAUSES);
        wishes(json, settings.server());
        json.name(DEFAULTS).beginObject();
        CAUSE_NAMES.forEach((cause, name) -> json.field(name, cause.standard().text()));
        json.endObject().name(TIMELINES).beginArray();
        settings.timelines()
                .forEach(
                        (timeline, wishes) -> {
                            json.beginObject()
                                    .field(ROOM_ID, timeline.room().value())
                                    .optional(THREAD_ROOT, timeline.threadRoot())
                                    .name(CAUSES);
                            wishes(json, wishes);
                            json.endObject();
                        });
        json.endArray().name(DO_NOT_DISTURB);
        schedule(json, settings.doNotDisturb());
        return json.endObject();
    }

    /** The wishes for one room or thread. */
    public static JsonOutput wishes(Map<Cause, Mode> wishes) {
        JsonOutput json = new JsonOutput(256);
        wishes(json.beginObject().name(CAUSES), wishes);
        return json.endObject();
    }

    private static void wishes(JsonOutput json, Map<Cause, Mode> wishes) {
        json.beginObject();
        CAUSE_NAMES.forEach(
                (cause, name) -> {
                    Mode wished = wishes.get(cause);
                    if (wished != null) {
                        json.field(name, wished.text());
                    }
                });
        json.endObject();
    }

    private static void schedule(JsonOutput json, DoNotDisturb schedule) {
        json.beginObject()
                .field(ENABLED, schedule.enabled())
                .field(FROM, TIME.format(schedule.from()))
                .field(TO, TIME.format(schedule.to()))
                .field(TIMEZONE, schedule.zone().getId())
                .name(DAYS)
                .beginArray();
        schedule.days().stream().sorted().forEach(day -> json.value(text(day)));
        json.endArray().endObject();
    }

    /**
     * The wishes that a client changes: for each cause a mode, or that it inherits.
     *
     * @throws ChattoException INVALID
     */
    public static Map<Cause, Optional<Mode>> wishes(Fields fields) {
        Map<Cause, Optional<Mode>> wishes = new EnumMap<>(Cause.class);
        for (Cause cause : Cause.values()) {
            Optional<String> wished = fields.text(cause.text());
            if (wished.isEmpty()) {
                continue;
            }
            Optional<Mode> mode = Mode.of(wished.get());
            if (mode.isEmpty() && !wished.get().equals(INHERIT)) {
                throw ChattoException.invalid(
                        cause.text(), "must be off, silent, alert or " + INHERIT);
            }
            wishes.put(cause, mode);
        }
        return wishes;
    }

    /**
     * A schedule; what is left out stays as it was.
     *
     * @throws ChattoException INVALID
     */
    public static DoNotDisturb schedule(Fields fields, DoNotDisturb former) {
        Optional<Boolean> enabled = fields.flag("enabled");
        Optional<String> from = fields.text("from");
        Optional<String> to = fields.text("to");
        Optional<String> zone = fields.text("timezone");
        boolean withDays = fields.has("days");
        List<String> days = fields.texts("days", DayOfWeek.values().length);
        fields.check();
        return new DoNotDisturb(
                enabled.orElse(former.enabled()),
                from.map(text -> time("doNotDisturb.from", text)).orElse(former.from()),
                to.map(text -> time("doNotDisturb.to", text)).orElse(former.to()),
                zone.map(NotificationJson::zone).orElse(former.zone()),
                withDays ? days(days) : former.days());
    }

    private static LocalTime time(String field, String text) {
        try {
            return LocalTime.parse(text, TIME);
        } catch (DateTimeException e) {
            throw ChattoException.invalid(field, "must be a time of day such as 22:00");
        }
    }

    private static ZoneId zone(String text) {
        try {
            if (text.length() <= LONGEST_ZONE) {
                return ZoneId.of(text);
            }
        } catch (DateTimeException e) {
            // Said below, as for a text that is too long.
        }
        throw ChattoException.invalid(
                "doNotDisturb.timezone", "must be an IANA name such as Europe/Berlin");
    }

    private static Set<DayOfWeek> days(List<String> names) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            if (names.contains(text(day))) {
                days.add(day);
            }
        }
        if (days.size() != Set.copyOf(names).size()) {
            throw ChattoException.invalid("doNotDisturb.days", "must be of monday to sunday");
        }
        return days;
    }

    private static String text(DayOfWeek day) {
        return day.name().toLowerCase(Locale.ROOT);
    }
}
