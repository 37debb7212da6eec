package chat.chatto.core.notification;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

class DoNotDisturbTest {

    /** 2026-11-23 is a Monday; Berlin is an hour ahead of UTC. */
    @ParameterizedTest
    @CsvSource({
        "22:00, 07:00, MONDAY, 2026-11-23T20:59:00Z, false",
        "22:00, 07:00, MONDAY, 2026-11-23T21:00:00Z, true",
        "22:00, 07:00, MONDAY, 2026-11-24T05:59:00Z, true",
        "22:00, 07:00, MONDAY, 2026-11-24T06:00:00Z, false",
        "22:00, 07:00, MONDAY, 2026-11-23T03:00:00Z, false",
        "22:00, 07:00, MONDAY, 2026-11-24T22:00:00Z, false",
        "12:00, 13:00, MONDAY, 2026-11-23T11:30:00Z, true",
        "12:00, 13:00, MONDAY, 2026-11-23T12:00:00Z, false",
        "12:00, 13:00, TUESDAY, 2026-11-23T11:30:00Z, false",
        "00:00, 00:00, MONDAY, 2026-11-23T12:00:00Z, true",
        "00:00, 00:00, MONDAY, 2026-11-24T00:00:00Z, false",
        "22:00, 07:00, MONDAY SUNDAY, 2026-11-23T03:00:00Z, true",
    })
    void beginsOnItsDaysAndEndsWhereItsZoneSays(
            LocalTime from, LocalTime to, String days, Instant at, boolean expected) {
        assertThat(schedule(true, from, to, days).at(at)).isEqualTo(expected);
        assertThat(schedule(false, from, to, days).at(at)).isFalse();
    }

    private static DoNotDisturb schedule(
            boolean enabled, LocalTime from, LocalTime to, String days) {
        Set<DayOfWeek> on = EnumSet.noneOf(DayOfWeek.class);
        Arrays.stream(days.split(" ", -1)).map(DayOfWeek::valueOf).forEach(on::add);
        return new DoNotDisturb(enabled, from, to, ZoneId.of("Europe/Berlin"), on);
    }
}
