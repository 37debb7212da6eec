package chat.chatto.core.timeline;

import java.time.Instant;

/** Which part of a timeline a reader asks for. Ordinals outside of the timeline are allowed and mean its nearest end. */
public sealed interface Position {

    /** The newest messages. */
    record Newest() implements Position {}

    /** The messages directly before an ordinal. */
    record Before(long ordinal) implements Position {}

    /** The messages directly after an ordinal. */
    record After(long ordinal) implements Position {}

    /** The messages on both sides of an ordinal, and the one with it. */
    record Around(long ordinal) implements Position {}

    /** The messages on both sides of the first one that was posted at a time or later; the newest where none was. */
    record At(Instant time) implements Position {}
}
