package chat.chatto.launcher.config;

import java.util.Locale;

/**
 * How the process logs.
 *
 * @param level trace, debug, info, warn or error
 */
public record LogConfig(String level, Format format) {

    /** What is logged before, or without, a configuration. */
    public static final LogConfig DEFAULT = new LogConfig("info", Format.AUTO);

    /** The form of a log line. */
    public enum Format {
        /** Text; with the time of day only on a terminal, where the date is known. */
        AUTO,
        TEXT,
        JSON,
        LOGFMT
    }

    static LogConfig of(Settings settings) {
        return new LogConfig(
                settings.get(Keys.LOG_LEVEL),
                Format.valueOf(settings.get(Keys.LOG_FORMAT).toUpperCase(Locale.ROOT)));
    }
}
