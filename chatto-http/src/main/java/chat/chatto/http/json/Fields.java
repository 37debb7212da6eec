package chat.chatto.http.json;

import chat.chatto.core.ChattoException;
import chat.chatto.core.FieldError;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The members of a JSON object that came in, read by name and type. What is wrong is gathered, so that a client learns of all its mistakes
 * at once; {@link #check()} must be called before the values are used. Members nobody asks for are ignored, {@code null} counts as left out.
 */
public final class Fields {

    private final Map<String, Object> members;
    private final List<FieldError> errors;

    /** What stands before the names of members in errors. */
    private final String path;

    private Fields(Map<String, Object> members, List<FieldError> errors, String path) {
        this.members = members;
        this.errors = errors;
        this.path = path;
    }

    @SuppressWarnings("unchecked") // JsonInput makes no maps but these
    static Fields of(Object value) {
        if (value instanceof Map<?, ?> map) {
            return new Fields((Map<String, Object>) map, new ArrayList<>(), "");
        }
        throw ChattoException.invalid("body", "must be a JSON object");
    }

    /** A text that must be there; empty when it is not, which {@link #check()} then reports. */
    public String requiredText(String name) {
        return present(name) ? text(name).orElse("") : missing(name, "");
    }

    public Optional<String> text(String name) {
        Object value = members.getOrDefault(name, JsonNull.NULL);
        if (value == JsonNull.NULL) {
            return Optional.empty();
        }
        if (!(value instanceof String text)) {
            return wrong(name, "must be a string", Optional.empty());
        }
        return Optional.of(text);
    }

    /** A whole number that must be there; {@code minimum} when it is not, which {@link #check()} then reports. */
    public long requiredWhole(String name, long minimum) {
        return present(name) ? whole(name, minimum).orElse(minimum) : missing(name, minimum);
    }

    public OptionalLong whole(String name, long minimum) {
        Object value = members.getOrDefault(name, JsonNull.NULL);
        if (value == JsonNull.NULL) {
            return OptionalLong.empty();
        }
        OptionalLong whole =
                value instanceof JsonNumber number ? number.whole() : OptionalLong.empty();
        return whole.isPresent() && whole.getAsLong() >= minimum
                ? whole
                : wrong(
                        name,
                        "must be a whole number of at least " + minimum,
                        OptionalLong.empty());
    }

    public Optional<Boolean> flag(String name) {
        Object value = members.getOrDefault(name, JsonNull.NULL);
        if (value == JsonNull.NULL) {
            return Optional.empty();
        }
        return value instanceof Boolean flag
                ? Optional.of(flag)
                : wrong(name, "must be true or false", Optional.empty());
    }

    /** An object within this one; what is wrong in it is reported with the rest. */
    @SuppressWarnings("unchecked") // as above
    public Optional<Fields> object(String name) {
        Object value = members.getOrDefault(name, JsonNull.NULL);
        if (value == JsonNull.NULL) {
            return Optional.empty();
        }
        return value instanceof Map<?, ?> map
                ? Optional.of(new Fields((Map<String, Object>) map, errors, path + name + "."))
                : wrong(name, "must be a JSON object", Optional.empty());
    }

    /** A moment as RFC 3339 writes it. */
    public Optional<Instant> time(String name) {
        Optional<String> text = text(name);
        try {
            return text.map(value -> OffsetDateTime.parse(value).toInstant());
        } catch (DateTimeException e) {
            return wrong(name, "must be a time such as 2026-01-31T12:00:00Z", Optional.empty());
        }
    }

    /** Whether there is a member of this name. */
    public boolean has(String name) {
        return present(name);
    }

    /** An array of objects; empty when it is left out. What is wrong in them is reported with the rest. */
    public List<Fields> objects(String name, int most) {
        Object value = members.getOrDefault(name, JsonNull.NULL);
        if (value == JsonNull.NULL) {
            return List.of();
        }
        if (!(value instanceof List<?> list)
                || list.size() > most
                || !list.stream().allMatch(Map.class::isInstance)) {
            return wrong(name, "must be an array of at most " + most + " objects", List.of());
        }
        return list.stream().map(item -> within(item, name)).toList();
    }

    /** An array of texts; empty when it is left out. */
    public List<String> texts(String name, int most) {
        Object value = members.getOrDefault(name, JsonNull.NULL);
        if (value == JsonNull.NULL) {
            return List.of();
        }
        if (!(value instanceof List<?> list) || list.size() > most) {
            return wrong(name, "must be an array of at most " + most + " strings", List.of());
        }
        List<String> texts = new ArrayList<>(list.size());
        for (Object item : list) {
            if (!(item instanceof String text)) {
                return wrong(name, "must be an array of strings", List.of());
            }
            texts.add(text);
        }
        return texts;
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

    @SuppressWarnings("unchecked") // as above
    private Fields within(Object object, String name) {
        return new Fields((Map<String, Object>) object, errors, path + name + ".");
    }

    private boolean present(String name) {
        return members.getOrDefault(name, JsonNull.NULL) != JsonNull.NULL;
    }

    private <T> T missing(String name, T instead) {
        return wrong(name, "is required", instead);
    }

    private <T> T wrong(String name, String message, T instead) {
        errors.add(new FieldError(path + name, message));
        return instead;
    }
}
