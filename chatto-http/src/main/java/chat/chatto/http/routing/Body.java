package chat.chatto.http.routing;

/**
 * What a route does with a request's body.
 *
 * @param expected whether it reads a JSON object; whatever comes is ignored where it does not
 * @param limit the most bytes that are taken in
 */
public record Body(boolean expected, int limit) {

    private static final int IGNORED_BYTES = 1024;

    /** No body is read; a short one is ignored. */
    public static final Body NONE = new Body(false, IGNORED_BYTES);

    /** A JSON object of at most this many bytes. */
    public static Body json(int limit) {
        return new Body(true, limit);
    }
}
