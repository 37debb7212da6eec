package chat.chatto.launcher.config;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What a key accepts. A value arrives typed from chatto.toml and as text from the environment and the command line.
 *
 * @param expectation what is accepted, to complete "expected …": "a whole number from 1 to 65535"
 * @param fromToml reads what tomlj has parsed; empty when it is not acceptable
 * @param fromText reads text; empty when it is not acceptable
 * @param toToml writes a value as chatto.toml has it
 * @param confidential whether values must not be repeated in messages
 */
record ValueType<T>(
        String expectation,
        Function<Object, Optional<T>> fromToml,
        Function<String, Optional<T>> fromText,
        Function<T, String> toToml,
        boolean confidential) {

    /** A type that is a quoted string in chatto.toml. */
    static <T> ValueType<T> quoted(
            String expectation, Function<String, Optional<T>> parse, Function<T, String> format) {
        return new ValueType<>(
                expectation,
                value -> value instanceof String text ? parse.apply(text) : Optional.empty(),
                parse,
                value -> quote(format.apply(value)),
                false);
    }

    /** A type that TOML has itself. */
    static <T> ValueType<T> bare(
            String expectation, Class<T> type, Function<String, Optional<T>> parse) {
        return new ValueType<>(
                expectation,
                value -> type.isInstance(value) ? Optional.of(type.cast(value)) : Optional.empty(),
                text -> parse.apply(text.strip()),
                String::valueOf,
                false);
    }

    ValueType<T> where(Predicate<T> condition) {
        return new ValueType<>(
                expectation,
                value -> fromToml.apply(value).filter(condition),
                text -> fromText.apply(text).filter(condition),
                toToml,
                confidential);
    }

    static String quote(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
