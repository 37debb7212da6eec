package chat.chatto.http.routing;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the route for a method and a path by walking a tree of segments; a literal segment wins over a parameter. Immutable. */
public final class Router {

    private final Node root = new Node();
    private final List<Route> routes;

    /**
     * @throws IllegalArgumentException when two routes have the same method and path
     */
    public Router(List<Route> routes) {
        this.routes = List.copyOf(routes);
        this.routes.forEach(this::add);
    }

    /** All routes, in the order they were given. */
    public List<Route> routes() {
        return routes;
    }

    /** What a request leads to. */
    public sealed interface Match {

        /**
         * @param parameters the values of the path's parameters, in the order of the path
         */
        record Found(Route route, List<String> parameters) implements Match {}

        /**
         * The path exists, but not with this method.
         *
         * @param allowed the methods it does have, as the header Allow wants them
         */
        record WrongMethod(String allowed) implements Match {}

        record Unknown() implements Match {}
    }

    /**
     * @param verb empty for a method that no route uses
     */
    public Match find(Optional<Verb> verb, String path) {
        List<String> parameters = new ArrayList<>(3);
        Node node = walk(path, parameters);
        if (node == null || node.routes.isEmpty()) {
            return new Match.Unknown();
        }
        Route route = verb.map(node.routes::get).orElse(null);
        return route == null
                ? new Match.WrongMethod(node.allowed())
                : new Match.Found(route, parameters);
    }

    private @Nullable Node walk(String path, List<String> parameters) {
        Node node = root;
        int start = 1;
        while (start <= path.length()) {
            int slash = path.indexOf('/', start);
            String segment = path.substring(start, slash < 0 ? path.length() : slash);
            Node next = node.literals.get(segment);
            if (next == null && !segment.isEmpty()) {
                next = node.parameter;
                parameters.add(segment);
            }
            if (next == null) {
                return null;
            }
            node = next;
            if (slash < 0) {
                return node;
            }
            start = slash + 1;
        }
        return null;
    }

    private void add(Route route) {
        Node node = root;
        for (String segment : route.path().substring(1).split("/", -1)) {
            if (segment.startsWith("{")) {
                if (node.parameter == null) {
                    node.parameter = new Node();
                }
                node = node.parameter;
            } else {
                node = node.literals.computeIfAbsent(segment, _ -> new Node());
            }
        }
        if (node.routes.put(route.verb(), route) != null) {
            throw new IllegalArgumentException("Two routes for " + route);
        }
    }

    private static final class Node {
        final Map<String, Node> literals = new HashMap<>();
        final Map<Verb, Route> routes = new EnumMap<>(Verb.class);
        @Nullable Node parameter;

        String allowed() {
            List<String> names = new ArrayList<>();
            for (Verb verb : routes.keySet()) {
                names.add(verb.name());
                if (verb == Verb.GET) {
                    names.add("HEAD");
                }
            }
            return String.join(", ", names);
        }
    }
}
