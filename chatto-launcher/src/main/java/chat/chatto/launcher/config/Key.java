package chat.chatto.launcher.config;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A configuration key.
 *
 * @param name its dotted name in chatto.toml; a segment {@code *} stands for an index or a free name
 * @param type what it accepts
 * @param defaultValue what holds when nothing is configured, if anything does
 * @param environmentName the variable that sets it
 */
public record Key<T>(
        String name, ValueType<T> type, Optional<T> defaultValue, String environmentName) {

    private static final Pattern WILDCARD = Pattern.compile("\\*");

    static String environmentNameOf(String name) {
        return "CHATTO_" + name.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    /** Whether the key stands for several, one for each entry of a list. */
    boolean isPattern() {
        return name.contains("*");
    }

    boolean matches(String fullName) {
        return isPattern() ? fullName.matches(namePattern()) : name.equals(fullName);
    }

    /** The full name that a variable sets; empty when the variable belongs to another key. */
    Optional<String> nameSetBy(String variable) {
        if (!isPattern()) {
            return environmentName.equals(variable) ? Optional.of(name) : Optional.empty();
        }
        var match =
                Pattern.compile(WILDCARD.matcher(environmentName).replaceAll("([A-Z0-9_]+)"))
                        .matcher(variable);
        if (!match.matches()) {
            return Optional.empty();
        }
        String fullName = name;
        for (int group = 1; group <= match.groupCount(); group++) {
            fullName = fullName.replaceFirst("\\*", match.group(group).toLowerCase(Locale.ROOT));
        }
        return matches(fullName) ? Optional.of(fullName) : Optional.empty();
    }

    private String namePattern() {
        // The first wildcard is an index, a later one the name of an option.
        return name.replace(".", "\\.").replaceFirst("\\*", "\\\\d+").replace("*", "[a-z0-9_]+");
    }
}
