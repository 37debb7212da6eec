package chat.chatto.core.notification;

import java.util.Optional;
import java.util.stream.Stream;

/** How somebody is notified, the least first. */
public enum Mode {
    /** Not at all. */
    OFF("off"),
    /** Listed and counted. */
    SILENT("silent"),
    /** Listed, counted and brought to attention at once. */
    ALERT("alert");

    private final String text;

    Mode(String text) {
        this.text = text;
    }

    /** The name that clients know. */
    public String text() {
        return text;
    }

    /** The mode of that name. */
    public static Optional<Mode> of(String text) {
        return Stream.of(values()).filter(mode -> mode.text.equals(text)).findFirst();
    }
}
