package chat.chatto.http.routing;

import chat.chatto.core.ChattoException;
import chat.chatto.core.FieldError;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The parameters behind a path's question mark. What is wrong is gathered; {@link #check()} must be called before the values are used.
 * Unknown parameters are ignored.
 */
public final class Query {

    private final Map<String, Deque<String>> parameters;
    private final List<FieldError> errors = new ArrayList<>();

    Query(Map<String, Deque<String>> parameters) {
        this.parameters = parameters;
    }

    public Optional<String> text(String name, int longest) {
        Optional<String> value = single(name);
        if (value.isPresent() && value.get().length() > longest) {
            errors.add(new FieldError(name, "must not be longer than " + longest + " characters"));
            return Optional.empty();
        }
        return value;
    }

    /** A whole number within bounds. */
    public OptionalLong whole(String name, long minimum, long maximum) {
        Optional<String> value = single(name);
        if (value.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            long whole = Long.parseLong(value.get());
            if (whole >= minimum && whole <= maximum) {
                return OptionalLong.of(whole);
            }
        } catch (NumberFormatException e) {
            // Said below, as for a number out of bounds.
        }
        String bounds =
                maximum == Long.MAX_VALUE
                        ? "of at least " + minimum
                        : "from " + minimum + " to " + maximum;
        errors.add(new FieldError(name, "must be a whole number " + bounds));
        return OptionalLong.empty();
    }

    /** A time as in RFC 3339. */
    public Optional<Instant> time(String name) {
        Optional<String> value = single(name);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.parse(value.get()).toInstant());
        } catch (DateTimeParseException e) {
            errors.add(new FieldError(name, "must be a time like 2026-01-31T12:00:00Z"));
            return Optional.empty();
        }
    }

    public Optional<Boolean> flag(String name) {
        Optional<String> value = single(name);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        return switch (value.get()) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> {
                errors.add(new FieldError(name, "must be true or false"));
                yield Optional.empty();
            }
        };
    }

    /** Reports parameters that exclude each other. */
    public void atMostOneOf(Collection<String> names) {
        List<String> present = names.stream().filter(parameters::containsKey).toList();
        if (present.size() > 1) {
            for (String name : present) {
                errors.add(
                        new FieldError(
                                name,
                                "at most one of " + String.join(", ", names) + " is allowed"));
            }
        }
    }

    /**
     * Ends the reading.
     *
     * @throws ChattoException INVALID, with everything that was wrong
     */
    public void check() {
        if (!errors.isEmpty()) {
            throw ChattoException.invalid(errors);
        }
    }

    private Optional<String> single(String name) {
        Deque<String> values = parameters.get(name);
        if (values == null) {
            return Optional.empty();
        }
        if (values.size() > 1) {
            errors.add(new FieldError(name, "must not be given twice"));
        }
        return Optional.of(values.getFirst());
    }
}
