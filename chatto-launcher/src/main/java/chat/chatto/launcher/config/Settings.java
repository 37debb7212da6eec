package chat.chatto.launcher.config;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is configured, each key from its strongest source. Immutable. */
public final class Settings {

    private final Map<String, Setting<?>> byName;
    private final List<String> warnings;

    private Settings(Map<String, Setting<?>> byName, List<String> warnings) {
        this.byName = Map.copyOf(byName);
        this.warnings = List.copyOf(warnings);
    }

    /** @param settings from the weakest source to the strongest */
    static Settings merge(List<Setting<?>> settings, List<String> warnings) {
        Map<String, Setting<?>> byName = new HashMap<>();
        settings.forEach(setting -> byName.put(setting.name(), setting));
        return new Settings(byName, warnings);
    }

    /** The value of a key that has a default. */
    public <T> T get(Key<T> key) {
        return find(key)
                .orElseThrow(() -> new IllegalStateException(key.name() + " has no default"));
    }

    /** The configured value or the default, where there is either. */
    public <T> Optional<T> find(Key<T> key) {
        return setting(key).map(Setting::value).or(key::defaultValue);
    }

    /** What was found odd but harmless while reading. */
    public List<String> warnings() {
        return warnings;
    }

    boolean isSet(Key<?> key) {
        return byName.containsKey(key.name());
    }

    Source sourceOf(Key<?> key) {
        return setting(key).map(Setting::source).orElse(Source.DEFAULT);
    }

    /** For people: file and line, variable or flag, or the key itself where nothing is configured. */
    String placeOf(Key<?> key) {
        return setting(key).<String>map(Setting::where).orElse(key.name());
    }

    /** The names that are configured for keys with an index. */
    List<String> indexedNames() {
        return byName.values().stream()
                .filter(setting -> setting.key().isPattern())
                .map(Setting::name)
                .sorted()
                .toList();
    }

    // The map is built so that a name's setting has the type of its key.
    @SuppressWarnings("unchecked")
    private <T> Optional<Setting<T>> setting(Key<T> key) {
        @Nullable Setting<T> setting = (Setting<T>) byName.get(key.name());
        return Optional.ofNullable(setting);
    }
}
