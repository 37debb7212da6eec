package chat.chatto.core.search;

import java.time.LocalDate;

/** One thing that a message must fulfil to be found. */
public sealed interface Condition {

    /** Says a word, or another form of it. */
    record Word(String text) implements Condition {}

    /** Says a word that begins so. */
    record Beginning(String text) implements Condition {}

    /** Says these words one after the other. */
    record Phrase(String text) implements Condition {}

    /**
     * Somebody wrote it.
     *
     * @param login theirs, or {@code me}
     */
    record From(String login) implements Condition {}

    /**
     * It is in a room.
     *
     * @param name the room's, or {@code @} and a login for the conversation with that person
     */
    record In(String name) implements Condition {}

    /** It was written before a day began. */
    record Before(LocalDate day) implements Condition {}

    /** It was written after a day was over. */
    record After(LocalDate day) implements Condition {}

    record Has(Feature feature) implements Condition {}

    record Pinned() implements Condition {}
}
