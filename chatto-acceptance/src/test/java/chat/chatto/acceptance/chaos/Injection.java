package chat.chatto.acceptance.chaos;

/** One thing that is about to be broken: which one is decided, nothing has happened to it yet. */
interface Injection {

    /** What will be done to what, for people. */
    String what();

    /** Breaks it. */
    void begin();

    /**
     * Puts it right, without waiting for the consequences.
     *
     * @return what was noticed meanwhile; empty when there is nothing to say
     */
    String heal();
}
