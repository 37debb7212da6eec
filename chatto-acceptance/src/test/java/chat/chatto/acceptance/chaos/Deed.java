package chat.chatto.acceptance.chaos;

import java.util.OptionalLong;

/** Something that a client had written, or tried to. */
sealed interface Deed {

    String author();

    String room();

    /**
     * A message.
     *
     * @param token its first word, which nobody else uses
     * @param ordinal the place that was acknowledged; empty when nothing was, so that it may be there or not
     */
    record Post(String author, String room, String token, OptionalLong ordinal) implements Deed {}

    /** Another body for a message of the author's; it begins with the message's token. */
    record Edit(String author, String room, long ordinal, String body, Outcome outcome)
            implements Deed {}

    /** A reaction set, or taken back; every author has an emoji of their own. */
    record Reaction(
            String author,
            String room,
            long ordinal,
            String emoji,
            boolean present,
            Outcome outcome)
            implements Deed {}

    /** What the client knows of it. */
    enum Outcome {
        /** Acknowledged, and nothing else was tried. */
        ACKNOWLEDGED,
        /** Acknowledged after attempts that were not: one of these may have its effect later still. */
        ACKNOWLEDGED_LATE,
        UNKNOWN;

        boolean acknowledged() {
            return this != UNKNOWN;
        }
    }
}
