package chat.chatto.http.realtime;

/** Why the server ends a connection, and whether the client should open another. */
enum CloseReason {
    /** The server stops; another one, or the next start, goes on. */
    DRAINING("draining", true, 1001),
    /** The client reads more slowly than things happen. */
    SLOW("slow", true, 1013),
    /** This server cannot tell everything to everybody at the moment. */
    OVERLOADED("overloaded", true, 1013),
    /** Changes were missed: a new connection finds out which. */
    INTERRUPTED("interrupted", true, 1012),
    /** Nothing came for three heartbeats. */
    SILENT("silent", true, 1001),
    /** No valid token, or no longer. */
    UNAUTHENTICATED("unauthenticated", false, 1008),
    /** The first frame did not come in time, or was not a hello. */
    NO_HELLO("no-hello", true, 1008),
    /** What came was not what the interface describes. */
    PROTOCOL("protocol", false, 1002),
    /** Frames came faster than any client needs. */
    FLOOD("flood", true, 1008),
    /** Storage could not be asked; later it can. */
    UNAVAILABLE("unavailable", true, 1013);

    private final String text;
    private final boolean reconnect;
    private final int code;

    CloseReason(String text, boolean reconnect, int code) {
        this.text = text;
        this.reconnect = reconnect;
        this.code = code;
    }

    String text() {
        return text;
    }

    boolean reconnect() {
        return reconnect;
    }

    /** The WebSocket close code. */
    int code() {
        return code;
    }
}
