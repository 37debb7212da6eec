package chat.chatto.http.routing;

/**
 * What a route does with a request's body.
 *
 * @param content what it reads; whatever comes is ignored where that is nothing
 * @param limit the most bytes that are taken in
 */
public record Body(Content content, int limit) {

    private static final int IGNORED_BYTES = 1024;

    /** No body is read; a short one is ignored. */
    public static final Body NONE = new Body(Content.NOTHING, IGNORED_BYTES);

    /** A JSON object of at most this many bytes. */
    public static Body json(int limit) {
        return new Body(Content.JSON, limit);
    }

    /** Bytes of any kind, at most this many. */
    public static Body bytes(int limit) {
        return new Body(Content.BYTES, limit);
    }

    /** Bytes of any kind, at most this many, taken in only when it is known who sends them and it is their turn. */
    public static Body large(int limit) {
        return new Body(Content.LARGE, limit);
    }

    /** What can be read. */
    public enum Content {
        NOTHING,
        JSON,
        BYTES,
        LARGE
    }
}
