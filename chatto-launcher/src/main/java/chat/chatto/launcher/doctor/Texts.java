package chat.chatto.launcher.doctor;

import java.time.Duration;
import java.util.Locale;

/** Writes quantities for people. */
final class Texts {

    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

    private Texts() {}

    static String count(long number, String thing) {
        return grouped(number) + " " + thing + (number == 1 ? "" : "s");
    }

    static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String bytes(long bytes) {
        double size = bytes;
        int unit = 0;
        while (size >= 1024 && unit < UNITS.length - 1) {
            size /= 1024;
            unit++;
        }
        return unit == 0
                ? bytes + " " + UNITS[0]
                : String.format(Locale.ROOT, "%.1f %s", size, UNITS[unit]);
    }

    static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1_000.0);
    }

    /** How long something is kept; zero stands for ever. */
    static String age(Duration time) {
        if (time.isZero()) {
            return "for ever";
        }
        return time.toDays() > 0
                ? "for " + count(time.toDays(), "day")
                : "for " + count(time.toSeconds(), "second");
    }

    static String storage(boolean inMemory) {
        return inMemory ? "in memory" : "in files";
    }
}
