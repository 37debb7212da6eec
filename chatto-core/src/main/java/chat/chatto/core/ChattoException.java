package chat.chatto.core;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** An expected refusal: the code is the contract, the message tells a person what to do. */
public final class ChattoException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final transient List<FieldError> fieldErrors;
    private final @Nullable Duration retryAfter;

    private ChattoException(
            ErrorCode code,
            String message,
            List<FieldError> fieldErrors,
            @Nullable Duration retryAfter,
            @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.fieldErrors = List.copyOf(fieldErrors);
        this.retryAfter = retryAfter;
    }

    /** A refusal that the message explains completely. */
    public static ChattoException of(ErrorCode code, String message) {
        return new ChattoException(code, message, List.of(), null, null);
    }

    public static ChattoException notFound(String message) {
        return of(ErrorCode.NOT_FOUND, message);
    }

    public static ChattoException forbidden(String message) {
        return of(ErrorCode.FORBIDDEN, message);
    }

    public static ChattoException invalid(String field, String message) {
        return invalid(List.of(new FieldError(field, message)));
    }

    /** Several inputs are wrong at once. */
    public static ChattoException invalid(List<FieldError> errors) {
        FieldError first = errors.getFirst();
        return new ChattoException(
                ErrorCode.INVALID, first.field() + " " + first.message(), errors, null, null);
    }

    public static ChattoException rateLimited(Duration retryAfter, String message) {
        return new ChattoException(ErrorCode.RATE_LIMITED, message, List.of(), retryAfter, null);
    }

    public static ChattoException unavailable(
            Duration retryAfter, String message, @Nullable Throwable cause) {
        return new ChattoException(ErrorCode.UNAVAILABLE, message, List.of(), retryAfter, cause);
    }

    public ErrorCode code() {
        return code;
    }

    /** Which inputs are wrong; empty unless the code is INVALID. */
    public List<FieldError> fieldErrors() {
        return fieldErrors;
    }

    /** When a retry may succeed. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
