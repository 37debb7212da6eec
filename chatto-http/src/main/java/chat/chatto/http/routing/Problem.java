package chat.chatto.http.routing;

import chat.chatto.core.ChattoException;
import chat.chatto.core.ErrorCode;
import chat.chatto.core.FieldError;
import chat.chatto.http.json.JsonOutput;
import chat.chatto.http.json.Name;

import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A refusal as clients see it, in the form of RFC 9457.
 *
 * @param code what programs go by; stable
 * @param title the same for every problem of this code
 * @param detail what happened this time and what to do about it, for people
 */
public record Problem(
        int status,
        String code,
        String title,
        String detail,
        List<FieldError> errors,
        Optional<Duration> retryAfter) {

    private static final Name TYPE = Name.of("type");
    private static final Name TITLE = Name.of("title");
    private static final Name STATUS = Name.of("status");
    private static final Name DETAIL = Name.of("detail");
    private static final Name CODE = Name.of("code");
    private static final Name ERRORS = Name.of("errors");
    private static final Name FIELD = Name.of("field");
    private static final Name MESSAGE = Name.of("message");

    private static final Duration DEFAULT_RETRY = Duration.ofSeconds(1);

    public Problem {
        errors = List.copyOf(errors);
    }

    /** A problem that the detail explains completely. */
    public static Problem of(int status, String code, String title, String detail) {
        return new Problem(status, code, title, detail, List.of(), Optional.empty());
    }

    public static Problem unauthenticated() {
        return of(
                StatusCodes.UNAUTHORIZED,
                "unauthenticated",
                "Not signed in",
                "This call needs a session: sign in and send its token.");
    }

    public static Problem malformed(String detail) {
        return of(StatusCodes.BAD_REQUEST, "malformed", "Malformed request", detail);
    }

    public static Problem tooLarge(int limit) {
        return of(
                StatusCodes.REQUEST_ENTITY_TOO_LARGE,
                "too-large",
                "Too large",
                "The body of this call may have at most " + limit + " bytes.");
    }

    public static Problem internal() {
        return of(
                StatusCodes.INTERNAL_SERVER_ERROR,
                "internal",
                "Internal error",
                "Something went wrong on the server; its log says what.");
    }

    /** What a refusal of the core is over HTTP. */
    public static Problem of(ChattoException refusal) {
        Kind kind = kind(refusal.code());
        return new Problem(
                kind.status,
                kind.code,
                kind.title,
                String.valueOf(refusal.getMessage()),
                refusal.fieldErrors(),
                kind.retryable
                        ? Optional.of(refusal.retryAfter().orElse(DEFAULT_RETRY))
                        : refusal.retryAfter());
    }

    public Answer toAnswer() {
        JsonOutput json = new JsonOutput();
        json.beginObject()
                .field(TYPE, "urn:chatto:problem:" + code)
                .field(TITLE, title)
                .field(STATUS, status)
                .field(DETAIL, detail)
                .field(CODE, code);
        if (!errors.isEmpty()) {
            json.name(ERRORS).beginArray();
            for (FieldError error : errors) {
                json.beginObject()
                        .field(FIELD, error.field())
                        .field(MESSAGE, error.message())
                        .endObject();
            }
            json.endArray();
        }
        json.endObject();
        Answer answer = new Answer(status, "application/problem+json", json.buffer());
        if (status == StatusCodes.UNAUTHORIZED) {
            answer.with(Headers.WWW_AUTHENTICATE, "Bearer");
        }
        retryAfter.ifPresent(
                after ->
                        answer.with(
                                Headers.RETRY_AFTER,
                                Long.toString(Math.max(1, after.plusMillis(999).toSeconds()))));
        return answer;
    }

    private record Kind(int status, String code, String title, boolean retryable) {
        Kind(int status, String code, String title) {
            this(status, code, title, false);
        }
    }

    private static Kind kind(ErrorCode code) {
        return switch (code) {
            case UNAUTHENTICATED -> new Kind(401, "unauthenticated", "Not signed in");
            case FORBIDDEN -> new Kind(403, "forbidden", "Not allowed");
            case CLAIM_REFUSED -> new Kind(403, "claim-refused", "Not claimed");
            case NOT_FOUND -> new Kind(404, "not-found", "Not found");
            case CONFLICT -> new Kind(409, "conflict", "Conflict");
            case NAME_TAKEN -> new Kind(409, "name-taken", "Name taken");
            case LOGIN_TAKEN -> new Kind(409, "login-taken", "Login taken");
            case ARCHIVED -> new Kind(409, "archived", "Archived");
            case EDIT_WINDOW_CLOSED -> new Kind(409, "edit-window-closed", "Too late to edit");
            case TOO_LARGE -> new Kind(413, "too-large", "Too large");
            case INVALID -> new Kind(422, "invalid", "Invalid input");
            case IDEMPOTENCY_KEY_REUSED ->
                    new Kind(422, "idempotency-key-reused", "Idempotency key reused");
            case IDEMPOTENCY_KEY_EXPIRED ->
                    new Kind(422, "idempotency-key-expired", "Idempotency key expired");
            case RATE_LIMITED -> new Kind(429, "rate-limited", "Too many requests", true);
            case HISTORY_DAMAGED -> new Kind(500, "history-damaged", "History damaged");
            case UNAVAILABLE -> new Kind(503, "unavailable", "Unavailable", true);
        };
    }
}
