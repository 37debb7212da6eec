package chat.chatto.http.health;

/** What this server knows of its storage. Implemented where storage is known; safe for use by many threads. */
public interface Health {

    /** Whether storage is reached now. */
    boolean connected();

    /** Whether what this server knows may be out of date: storage is not reached, or has too few replicas to confirm anything. */
    boolean stale();

    /** For people: what the connection is to, or why there is none. */
    String detail();

    /** Calls the listener after every change of {@link #connected()} or {@link #stale()}; the listener does not block. */
    void onChange(Runnable listener);
}
