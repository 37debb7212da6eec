package chat.chatto.http.health;

/** What this server knows of its storage. Implemented where storage is known; safe for use by many threads. */
public interface Health {

    /** Whether storage answers now. */
    boolean connected();

    /** For people: what the connection is to, or why there is none. */
    String detail();

    /** Calls the listener after every change of {@link #connected()}; the listener does not block. */
    void onChange(Runnable listener);
}
