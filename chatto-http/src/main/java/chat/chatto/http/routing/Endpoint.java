package chat.chatto.http.routing;

import chat.chatto.http.json.MalformedJsonException;

/** The code behind a route. It runs on a virtual thread and may block. */
@FunctionalInterface
public interface Endpoint {

    /**
     * @throws MalformedJsonException when the body is not JSON
     * @throws chat.chatto.core.ChattoException when the core refuses
     * @throws ProblemException when the request is refused before it reaches the core
     */
    Answer answer(Call call) throws MalformedJsonException;
}
