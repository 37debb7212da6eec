package chat.chatto.core.notification;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.Set;

/**
 * When somebody does not want to be disturbed.
 *
 * @param from when it begins, in whole minutes
 * @param to when it ends: on the next day when that is not after {@code from}
 * @param days on which it begins
 */
public record DoNotDisturb(
        boolean enabled, LocalTime from, LocalTime to, ZoneId zone, Set<DayOfWeek> days) {

    /** Every night, but not yet enabled. */
    public static final DoNotDisturb NEVER =
            new DoNotDisturb(
                    false,
                    LocalTime.of(22, 0),
                    LocalTime.of(7, 0),
                    ZoneId.of("UTC"),
                    EnumSet.allOf(DayOfWeek.class));

    public DoNotDisturb {
        days = Set.copyOf(days);
    }

    /** Whether it is such a time. */
    public boolean at(Instant instant) {
        if (!enabled) {
            return false;
        }
        ZonedDateTime there = instant.atZone(zone);
        LocalTime time = there.toLocalTime();
        boolean overnight = !from.isBefore(to);
        boolean begunToday =
                days.contains(there.getDayOfWeek())
                        && !time.isBefore(from)
                        && (overnight || time.isBefore(to));
        boolean begunYesterday =
                overnight && days.contains(there.getDayOfWeek().minus(1)) && time.isBefore(to);
        return begunToday || begunYesterday;
    }
}
