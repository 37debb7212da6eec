package chat.chatto.core.personal;

/** How times of day are written. */
public enum TimeFormat {
    /** As is usual where the device is. */
    AUTOMATIC,
    TWELVE_HOURS,
    TWENTY_FOUR_HOURS
}
