package chat.chatto.launcher.config;

import java.util.Optional;

/**
 * A value that somebody configured.
 *
 * @param name the full name, which differs from the key's where that is a pattern
 * @param where for people: file and line, variable or flag
 */
record Setting<T>(Key<T> key, String name, T value, Source source, String where) {

    /** Reads a value as TOML has it; a value that the key does not accept is a problem. */
    static <T> Optional<Setting<T>> fromToml(
            Key<T> key, String name, Object value, String where, Problems problems) {
        return checked(
                key,
                name,
                key.type().fromToml().apply(value),
                describe(value),
                Source.FILE,
                where,
                problems);
    }

    /** Reads a value written as text; a value that the key does not accept is a problem. */
    static <T> Optional<Setting<T>> fromText(
            Key<T> key, String name, String text, Source source, String where, Problems problems) {
        return checked(
                key,
                name,
                key.type().fromText().apply(text),
                ValueType.quote(text),
                source,
                where,
                problems);
    }

    private static <T> Optional<Setting<T>> checked(
            Key<T> key,
            String name,
            Optional<T> value,
            String found,
            Source source,
            String where,
            Problems problems) {
        if (value.isEmpty()) {
            String shown =
                    key.type().confidential()
                            ? "something else (not shown, it is a secret)"
                            : found;
            problems.add(where, name + " must be " + key.type().expectation() + ", found " + shown);
        }
        return value.map(accepted -> new Setting<>(key, name, accepted, source, where));
    }

    private static String describe(Object value) {
        return switch (value) {
            case String text -> ValueType.quote(text);
            case Number number -> "the number " + number;
            case Boolean flag -> flag.toString();
            case org.tomlj.TomlArray _ -> "an array";
            case org.tomlj.TomlTable _ -> "a section";
            default -> "a date or time";
        };
    }
}
