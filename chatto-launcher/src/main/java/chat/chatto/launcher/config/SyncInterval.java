package chat.chatto.launcher.config;

import java.time.Duration;
import java.util.Optional;

/**
 * When the embedded nats-server writes through to the disk.
 *
 * @param period how often; empty means before every acknowledgement, so that what was acknowledged survives a power cut
 */
public record SyncInterval(Optional<Duration> period) {

    public static final SyncInterval ALWAYS = new SyncInterval(Optional.empty());

    /** As nats-server's own configuration has it. */
    public String toNats() {
        return period.map(time -> time.toMillis() + "ms").orElse("always");
    }

    static ValueType<SyncInterval> type() {
        ValueType<Duration> time = ValueTypes.duration();
        return ValueType.quoted(
                "\"always\" or " + time.expectation(),
                text ->
                        text.equalsIgnoreCase("always")
                                ? Optional.of(ALWAYS)
                                : time.fromText()
                                        .apply(text)
                                        .map(period -> new SyncInterval(Optional.of(period))),
                SyncInterval::toNats);
    }
}
