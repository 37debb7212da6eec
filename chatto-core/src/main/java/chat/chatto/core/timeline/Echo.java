package chat.chatto.core.timeline;

/** What ties a thread reply to the entry of the main line that shows it, too. */
sealed interface Echo {

    /**
     * The main line's side: which reply the entry shows. Body, edits, reactions and pins are the reply's alone.
     *
     * @param root the ordinal of the thread's root
     * @param ordinal the reply's, in the thread
     */
    record Of(long root, long ordinal, String messageId) implements Echo {}

    /**
     * The thread's side.
     *
     * @param ordinal in the main line
     */
    record At(long ordinal) implements Echo {}
}
