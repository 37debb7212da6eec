package chat.chatto.launcher.config;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a configuration, so that one start shows all of it. Not thread-safe. */
final class Problems {

    private final List<String> errors = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    void add(String where, String message) {
        errors.add(where + ": " + message);
    }

    void add(String message) {
        errors.add(message);
    }

    void warn(String where, String message) {
        warnings.add(where + ": " + message);
    }

    List<String> warnings() {
        return List.copyOf(warnings);
    }

    void throwIfAny() {
        if (!errors.isEmpty()) {
            throw new ConfigurationException(errors);
        }
    }
}
