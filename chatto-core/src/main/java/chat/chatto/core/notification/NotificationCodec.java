package chat.chatto.core.notification;

import static chat.chatto.core.server.Records.FORMAT;

import chat.chatto.core.room.RoomId;
import chat.chatto.core.stored.v1.StoredCause;
import chat.chatto.core.stored.v1.StoredDoNotDisturb;
import chat.chatto.core.stored.v1.StoredMode;
import chat.chatto.core.stored.v1.StoredNotificationSettings;
import chat.chatto.core.stored.v1.StoredOccurrence;
import chat.chatto.core.stored.v1.StoredTimelineSettings;
import chat.chatto.core.timeline.TimelineId;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The stored forms of causes and wishes. Stateless. */
final class NotificationCodec {

    private static final int MINUTES_IN_HOUR = 60;
    private static final int MINUTES_IN_DAY = 24 * MINUTES_IN_HOUR;

    private NotificationCodec() {}

    /** Which line of a room: 0 is the main line, n + 1 the thread under ordinal n. */
    static long line(TimelineId timeline) {
        return timeline.threadRoot().isPresent() ? timeline.threadRoot().getAsLong() + 1 : 0;
    }

    static TimelineId timeline(String room, long line) {
        var id = new RoomId(room);
        return line == 0 ? TimelineId.main(id) : TimelineId.thread(id, line - 1);
    }

    static StoredOccurrence encode(Occurrence occurrence) {
        return StoredOccurrence.newBuilder()
                .setCause(encode(occurrence.cause()))
                .setMode(encode(occurrence.mode()))
                .build();
    }

    /** Empty for what a newer version knows and this one does not. */
    static Optional<Occurrence> decode(StoredOccurrence stored) {
        return decode(stored.getCause())
                .flatMap(
                        cause -> decode(stored.getMode()).map(mode -> new Occurrence(cause, mode)));
    }

    static StoredNotificationSettings encode(NotificationSettings settings) {
        var stored =
                StoredNotificationSettings.newBuilder()
                        .setFormat(FORMAT)
                        .setDoNotDisturb(encode(settings.doNotDisturb()));
        settings.server()
                .forEach((cause, mode) -> stored.addServer(encode(new Occurrence(cause, mode))));
        settings.timelines()
                .forEach(
                        (timeline, wishes) -> {
                            var one =
                                    StoredTimelineSettings.newBuilder()
                                            .setRoom(timeline.room().value())
                                            .setLine(line(timeline));
                            wishes.forEach(
                                    (cause, mode) ->
                                            one.addWishes(encode(new Occurrence(cause, mode))));
                            stored.addTimelines(one);
                        });
        return stored.build();
    }

    static NotificationSettings decode(StoredNotificationSettings stored) {
        Map<TimelineId, Map<Cause, Mode>> timelines = new HashMap<>();
        for (StoredTimelineSettings one : stored.getTimelinesList()) {
            timelines.put(timeline(one.getRoom(), one.getLine()), wishes(one.getWishesList()));
        }
        return new NotificationSettings(
                wishes(stored.getServerList()),
                timelines,
                stored.hasDoNotDisturb() ? decode(stored.getDoNotDisturb()) : DoNotDisturb.NEVER);
    }

    private static Map<Cause, Mode> wishes(List<StoredOccurrence> stored) {
        Map<Cause, Mode> wishes = new EnumMap<>(Cause.class);
        for (StoredOccurrence one : stored) {
            decode(one).ifPresent(wish -> wishes.put(wish.cause(), wish.mode()));
        }
        return wishes;
    }

    private static StoredDoNotDisturb encode(DoNotDisturb value) {
        var stored =
                StoredDoNotDisturb.newBuilder()
                        .setEnabled(value.enabled())
                        .setFrom(minutes(value.from()))
                        .setTo(minutes(value.to()))
                        .setTimezone(value.zone().getId());
        value.days().stream().sorted().forEach(day -> stored.addDays(day.getValue()));
        return stored.build();
    }

    private static DoNotDisturb decode(StoredDoNotDisturb stored) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        stored.getDaysList().forEach(day -> days.add(DayOfWeek.of(day)));
        return new DoNotDisturb(
                stored.getEnabled(),
                time(stored.getFrom()),
                time(stored.getTo()),
                zone(stored.getTimezone()),
                days);
    }

    /** A zone that this Java does not know, or no longer, is no reason to lose everything else. */
    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            return DoNotDisturb.NEVER.zone();
        }
    }

    private static int minutes(LocalTime time) {
        return time.getHour() * MINUTES_IN_HOUR + time.getMinute();
    }

    private static LocalTime time(int minutes) {
        return LocalTime.of(0, 0).plusMinutes(minutes % MINUTES_IN_DAY);
    }

    private static StoredCause encode(Cause cause) {
        return switch (cause) {
            case DIRECT_MESSAGE -> StoredCause.STORED_CAUSE_DIRECT_MESSAGE;
            case MENTION -> StoredCause.STORED_CAUSE_MENTION;
            case REPLY -> StoredCause.STORED_CAUSE_REPLY;
            case ROLE_MENTION -> StoredCause.STORED_CAUSE_ROLE_MENTION;
            case HERE -> StoredCause.STORED_CAUSE_HERE;
            case ALL -> StoredCause.STORED_CAUSE_ALL;
            case THREAD -> StoredCause.STORED_CAUSE_THREAD;
            case ROOM -> StoredCause.STORED_CAUSE_ROOM;
            case REACTION -> StoredCause.STORED_CAUSE_REACTION;
        };
    }

    private static Optional<Cause> decode(StoredCause stored) {
        return switch (stored) {
            case STORED_CAUSE_DIRECT_MESSAGE -> Optional.of(Cause.DIRECT_MESSAGE);
            case STORED_CAUSE_MENTION -> Optional.of(Cause.MENTION);
            case STORED_CAUSE_REPLY -> Optional.of(Cause.REPLY);
            case STORED_CAUSE_ROLE_MENTION -> Optional.of(Cause.ROLE_MENTION);
            case STORED_CAUSE_HERE -> Optional.of(Cause.HERE);
            case STORED_CAUSE_ALL -> Optional.of(Cause.ALL);
            case STORED_CAUSE_THREAD -> Optional.of(Cause.THREAD);
            case STORED_CAUSE_ROOM -> Optional.of(Cause.ROOM);
            case STORED_CAUSE_REACTION -> Optional.of(Cause.REACTION);
            case STORED_CAUSE_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
        };
    }

    private static StoredMode encode(Mode mode) {
        return switch (mode) {
            case OFF -> StoredMode.STORED_MODE_OFF;
            case SILENT -> StoredMode.STORED_MODE_SILENT;
            case ALERT -> StoredMode.STORED_MODE_ALERT;
        };
    }

    private static Optional<Mode> decode(StoredMode stored) {
        return switch (stored) {
            case STORED_MODE_OFF -> Optional.of(Mode.OFF);
            case STORED_MODE_SILENT -> Optional.of(Mode.SILENT);
            case STORED_MODE_ALERT -> Optional.of(Mode.ALERT);
            case STORED_MODE_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
        };
    }
}
