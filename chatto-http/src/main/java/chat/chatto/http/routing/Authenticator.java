package chat.chatto.http.routing;

import chat.chatto.core.account.Sessions;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.StatusCodes;

import jakarta.inject.Inject;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Finds out who sends a request: by a bearer token, or else by the session cookie. Safe for use by many threads. */
public final class Authenticator {

    private static final HttpString CSRF_HEADER = HttpString.tryFromString("X-CSRF-Token");
    private static final String SCHEME = "Bearer ";

    private final Sessions sessions;

    @Inject
    public Authenticator(Sessions sessions) {
        this.sessions = sessions;
    }

    /**
     * The session's owner.
     *
     * @throws ProblemException when there is no valid session, or a changing request by cookie that another site could have made
     */
    public Principal require(HttpServerExchange exchange, Verb verb) {
        String bearer = bearer(exchange);
        if (bearer != null) {
            return principal(bearer, false);
        }
        String cookie =
                Cookies.session(exchange)
                        .orElseThrow(() -> new ProblemException(Problem.unauthenticated()));
        Principal principal = principal(cookie, true);
        if (verb.isChanging()) {
            checkCsrf(exchange, cookie);
        }
        return principal;
    }

    /** The owner of a session whose token was sent in another way. */
    public Principal require(String token) {
        return principal(token, false);
    }

    private Principal principal(String token, boolean byCookie) {
        return sessions.authenticate(token)
                .map(user -> new Principal(user, token, byCookie))
                .orElseThrow(() -> new ProblemException(Problem.unauthenticated()));
    }

    private static @Nullable String bearer(HttpServerExchange exchange) {
        String header = exchange.getRequestHeaders().getFirst(Headers.AUTHORIZATION);
        if (header == null) {
            return null;
        }
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw new ProblemException(Problem.unauthenticated());
        }
        return header.substring(SCHEME.length()).strip();
    }

    private static void checkCsrf(HttpServerExchange exchange, String token) {
        String sent = exchange.getRequestHeaders().getFirst(CSRF_HEADER);
        byte[] expected = Cookies.csrfToken(token).getBytes(StandardCharsets.US_ASCII);
        if (sent == null
                || !MessageDigest.isEqual(expected, sent.getBytes(StandardCharsets.UTF_8))) {
            throw new ProblemException(
                    Problem.of(
                            StatusCodes.FORBIDDEN,
                            "csrf",
                            "Not allowed",
                            "Requests with a session cookie need the header X-CSRF-Token with the"
                                    + " value of the cookie "
                                    + Cookies.CSRF
                                    + "."));
        }
    }
}
