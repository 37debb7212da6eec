package chat.chatto.acceptance.server;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The distribution's compose file, as Compose would understand it. Immutable. */
public final class Compose {

    private final Map<?, ?> document;

    private Compose(Map<?, ?> document) {
        this.document = document;
    }

    public static Compose read() {
        Path file = Distribution.file("compose/compose.yaml");
        try {
            Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
            return new Compose((Map<?, ?>) yaml.load(Files.readString(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<String> services() {
        return names("services");
    }

    /** The volumes that it declares. */
    public List<String> volumes() {
        return names("volumes");
    }

    public String image(String service) {
        return String.valueOf(service(service).get("image"));
    }

    /** The mounts, each as {@code source:target} or {@code source:target:ro}. */
    public List<String> mounts(String service) {
        return service(service).get("volumes") instanceof List<?> mounts
                ? mounts.stream().map(String::valueOf).toList()
                : List.of();
    }

    /** The variables that it sets itself, without those of the environment file. */
    public Map<String, String> environment(String service) {
        Map<String, String> environment = new TreeMap<>();
        if (service(service).get("environment") instanceof Map<?, ?> variables) {
            variables.forEach(
                    (name, value) -> {
                        // Compose takes nothing else than text without a warning.
                        if (!(value instanceof String)) {
                            throw new AssertionError(name + " must be quoted");
                        }
                        environment.put(String.valueOf(name), String.valueOf(value));
                    });
        }
        return environment;
    }

    public String environmentFile(String service) {
        return String.valueOf(service(service).get("env_file"));
    }

    /** The command that tells whether a container is well, without Compose's own first word. */
    public List<String> healthCheck(String service) {
        if (service(service).get("healthcheck") instanceof Map<?, ?> check
                && check.get("test") instanceof List<?> test
                && "CMD".equals(test.getFirst())) {
            return test.stream().skip(1).map(String::valueOf).toList();
        }
        throw new AssertionError(service + " has no health check that is a command");
    }

    private List<String> names(String section) {
        return keys(document.get(section)).stream().map(String::valueOf).sorted().toList();
    }

    private Map<?, ?> service(String name) {
        if (document.get("services") instanceof Map<?, ?> services
                && services.get(name) instanceof Map<?, ?> service) {
            return service;
        }
        throw new AssertionError("There is no service " + name);
    }

    private static Set<?> keys(@Nullable Object section) {
        return section instanceof Map<?, ?> map ? map.keySet() : Set.of();
    }
}
