package chat.chatto.launcher.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The one place that decides which source wins: default, then chatto.toml, then the environment, then the command line. All problems of all
 * sources are reported together.
 */
public final class SettingsReader {

    /** Read when no file is named, if it exists. */
    public static final Path DEFAULT_FILE = Path.of("chatto.toml");

    private SettingsReader() {}

    /**
     * A value given on the command line.
     *
     * @param flag the flag's name, for messages
     */
    public record Flag(Key<?> key, String flag, String text) {}

    /**
     * @param file a file that must exist; empty to read {@link #DEFAULT_FILE} if there is one
     * @throws ConfigurationException naming everything that cannot be used
     */
    public static Settings read(
            Optional<Path> file, Map<String, String> environment, List<Flag> flags) {
        Problems problems = new Problems();
        List<Setting<?>> settings = new ArrayList<>();
        file.or(() -> Optional.of(DEFAULT_FILE).filter(Files::exists))
                .ifPresent(path -> settings.addAll(TomlFile.read(path, problems)));
        settings.addAll(EnvironmentVariables.read(environment, problems));
        for (Flag flag : flags) {
            Setting.fromText(
                            flag.key(),
                            flag.key().name(),
                            flag.text(),
                            Source.FLAG,
                            flag.flag(),
                            problems)
                    .ifPresent(settings::add);
        }
        Settings merged = Settings.merge(settings, problems.warnings());
        checkIndexes(merged, problems);
        problems.throwIfAny();
        return merged;
    }

    /** Lists given entry by entry start at 0 and have no gaps: a gap is most likely a variable that got lost. */
    private static void checkIndexes(Settings settings, Problems problems) {
        TreeSet<Integer> indexes = new TreeSet<>();
        settings.indexedNames()
                .forEach(name -> indexes.add(Integer.parseInt(name.split("\\.", -1)[2])));
        for (int expected = 0; expected < indexes.size(); expected++) {
            if (!indexes.contains(expected)) {
                problems.add(
                        "auth.providers",
                        "entries are numbered from 0 without gaps, but number "
                                + expected
                                + " is missing");
                return;
            }
        }
    }
}
