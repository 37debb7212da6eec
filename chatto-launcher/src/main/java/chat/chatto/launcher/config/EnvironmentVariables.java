package chat.chatto.launcher.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads settings from {@code CHATTO_*} variables. */
final class EnvironmentVariables {

    private static final String PREFIX = "CHATTO_";

    /** Variables of the start script. */
    private static final Set<String> OTHERS = Set.of("CHATTO_JAVA_OPTS");

    private EnvironmentVariables() {}

    /**
     * An empty variable counts as not set, since that is how Compose files pass one on. An unknown one is a warning only: container
     * platforms add variables of their own, such as {@code CHATTO_SERVICE_HOST}.
     */
    static List<Setting<?>> read(Map<String, String> environment, Problems problems) {
        List<Setting<?>> settings = new ArrayList<>();
        new TreeMap<>(environment)
                .forEach(
                        (variable, text) -> {
                            if (variable.startsWith(PREFIX)
                                    && !OTHERS.contains(variable)
                                    && !text.isEmpty()) {
                                readVariable(variable, text, problems).ifPresent(settings::add);
                            }
                        });
        return settings;
    }

    private static Optional<? extends Setting<?>> readVariable(
            String variable, String text, Problems problems) {
        for (Key<?> key : Keys.all()) {
            Optional<String> name = key.nameSetBy(variable);
            if (name.isPresent()) {
                return Setting.fromText(
                        key, name.get(), text, Source.ENVIRONMENT, variable, problems);
            }
        }
        for (Map.Entry<String, String> defunct : Keys.DEFUNCT.entrySet()) {
            if (Key.environmentNameOf(defunct.getKey()).equals(variable)) {
                problems.add(variable, defunct.getKey() + " " + defunct.getValue());
                return Optional.empty();
            }
        }
        List<String> names = Keys.all().stream().map(Key::environmentName).toList();
        problems.warn(
                variable,
                "unknown variable, ignored"
                        + NearestName.among(names, variable)
                                .map(nearest -> "; did you mean " + nearest + "?")
                                .orElse(""));
        return Optional.empty();
    }
}
