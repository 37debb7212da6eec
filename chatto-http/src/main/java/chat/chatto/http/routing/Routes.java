package chat.chatto.http.routing;

import java.util.List;

/** The calls of one capability. */
@FunctionalInterface
public interface Routes {

    List<Route> routes();
}
