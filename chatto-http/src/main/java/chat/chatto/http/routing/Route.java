package chat.chatto.http.routing;

/**
 * One call of the interface.
 *
 * @param path with parameters in braces, as in {@code /api/v1/rooms/{room}}
 */
public record Route(Verb verb, String path, Access access, Body body, Endpoint endpoint) {

    public Route {
        if (!path.matches("(/([A-Za-z0-9._-]+|\\{[A-Za-z]+}))+")) {
            throw new IllegalArgumentException("Not a path: " + path);
        }
    }

    /** A call without a body. */
    public static Route of(Verb verb, String path, Access access, Endpoint endpoint) {
        return new Route(verb, path, access, Body.NONE, endpoint);
    }

    @Override
    public String toString() {
        return verb + " " + path;
    }
}
