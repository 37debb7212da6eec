package chat.chatto.http.routing;

import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.Cookie;
import io.undertow.util.Headers;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/**
 * The two cookies of a browser session: one with the token, which scripts cannot read, and one that they have to read and send back in a
 * header, which another site cannot do. The second is derived from the first, so that nobody can plant a pair that fits.
 *
 * @param secure whether browsers may send them over https only
 */
public record Cookies(boolean secure) {

    static final String SESSION = "chatto_session";
    static final String CSRF = "chatto_csrf";

    private static final Duration LIFETIME = Duration.ofDays(90);

    /** Makes the browser keep the session. */
    public Answer set(Answer answer, String token) {
        return answer.with(
                        Headers.SET_COOKIE,
                        cookie(SESSION, token, LIFETIME.toSeconds()) + "; HttpOnly")
                .with(Headers.SET_COOKIE, cookie(CSRF, csrfToken(token), LIFETIME.toSeconds()));
    }

    /** Makes the browser forget the session. */
    public Answer clear(Answer answer) {
        return answer.with(Headers.SET_COOKIE, cookie(SESSION, "", 0) + "; HttpOnly")
                .with(Headers.SET_COOKIE, cookie(CSRF, "", 0));
    }

    /** The token a browser sent. */
    public static Optional<String> session(HttpServerExchange exchange) {
        return Optional.ofNullable(exchange.getRequestCookie(SESSION))
                .map(Cookie::getValue)
                .filter(value -> !value.isEmpty());
    }

    /** What the header must say in changing requests of the session with this token. */
    static String csrfToken(String sessionToken) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(
                                    ("chatto-csrf\n" + sessionToken)
                                            .getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }

    private String cookie(String name, String value, long maximumAgeSeconds) {
        return "%s=%s; Path=/; Max-Age=%d; SameSite=Lax%s"
                .formatted(name, value, maximumAgeSeconds, secure ? "; Secure" : "");
    }
}
