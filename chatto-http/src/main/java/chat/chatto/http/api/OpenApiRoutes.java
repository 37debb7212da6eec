package chat.chatto.http.api;

import static chat.chatto.http.api.Paths.API;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.chatto.http.routing.Access;
import chat.chatto.http.routing.Answer;
import chat.chatto.http.routing.Call;
import chat.chatto.http.routing.Route;
import chat.chatto.http.routing.Routes;
import chat.chatto.http.routing.Verb;

import io.undertow.util.StatusCodes;

import jakarta.inject.Inject;

import java.nio.ByteBuffer;
import java.util.List;

/** The description of the interface, for programs. */
public final class OpenApiRoutes implements Routes {

    private final ByteBuffer document;

    @Inject
    public OpenApiRoutes() {
        document = ByteBuffer.wrap(OpenApiDocument.assemble().getBytes(UTF_8));
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.of(Verb.GET, API + "/openapi.json", Access.PUBLIC, this::document));
    }

    private Answer document(Call call) {
        return new Answer(StatusCodes.OK, "application/json", document.duplicate());
    }
}
