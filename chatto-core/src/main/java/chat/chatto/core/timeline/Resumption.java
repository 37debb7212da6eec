package chat.chatto.core.timeline;

import java.util.List;

/** What a client missed since its cursor. */
public sealed interface Resumption {

    /**
     * All changes after the cursor, in order, each message as it is now.
     *
     * @param upTo where the client stands after them
     */
    record Continued(List<TimelineEvent> events, Cursor upTo) implements Resumption {
        public Continued {
            events = List.copyOf(events);
        }
    }

    /** The cursor is too old, unknown or of another history: the client must reload what it shows. */
    record Expired() implements Resumption {}
}
