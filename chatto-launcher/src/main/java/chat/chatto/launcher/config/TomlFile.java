package chat.chatto.launcher.config;

import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads settings from a TOML file, each with its line. */
final class TomlFile {

    private final Path file;
    private final Problems problems;
    private final List<Setting<?>> settings = new ArrayList<>();

    private TomlFile(Path file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    static List<Setting<?>> read(Path file, Problems problems) {
        TomlFile reader = new TomlFile(file, problems);
        reader.parse().ifPresent(table -> reader.readTable(table, ""));
        return List.copyOf(reader.settings);
    }

    private Optional<TomlTable> parse() {
        TomlParseResult result;
        try {
            result = Toml.parse(Files.readString(file));
        } catch (NoSuchFileException e) {
            problems.add(file.toString(), "there is no such file; \"chatto init\" writes one");
            return Optional.empty();
        } catch (IOException e) {
            problems.add(file.toString(), "cannot be read: " + e);
            return Optional.empty();
        }
        result.errors()
                .forEach(
                        error ->
                                problems.add(
                                        place(error.position()),
                                        String.valueOf(error.getMessage())));
        // After a syntax error the rest would only produce misleading follow-up problems.
        return result.hasErrors() ? Optional.empty() : Optional.of(result);
    }

    private void readTable(TomlTable table, String section) {
        for (String part : table.keySet()) {
            List<String> path = List.of(part);
            Object value = table.get(path);
            TomlPosition position = table.inputPositionOf(path);
            if (value != null && position != null) {
                readValue(section + part, value, place(position));
            }
        }
    }

    private void readValue(String name, Object value, String where) {
        Optional<Key<?>> key = Keys.find(name);
        if (key.isPresent()) {
            Setting.fromToml(key.get(), name, value, where, problems).ifPresent(settings::add);
        } else if (value instanceof TomlTable table && isKnownSection(name)) {
            readTable(table, name + ".");
        } else if (value instanceof TomlArray array
                && array.toList().stream().allMatch(TomlTable.class::isInstance)
                && isKnownSection(name)) {
            for (int index = 0; index < array.size(); index++) {
                readTable(array.getTable(index), name + "." + index + ".");
            }
        } else if (isKnownSection(name)) {
            problems.add(where, name + " is a section: write [" + name + "] and its keys below");
        } else {
            problems.add(where, unknown(name));
        }
    }

    private static boolean isKnownSection(String name) {
        return Keys.isSection(name.replaceAll("\\.\\d+(?=\\.|$)", ".*"));
    }

    private static String unknown(String name) {
        String defunct = Keys.DEFUNCT.get(name);
        if (defunct != null) {
            return name + " " + defunct;
        }
        List<String> names = Keys.all().stream().map(Key::name).toList();
        return "unknown key "
                + name
                + NearestName.among(names, name)
                        .map(nearest -> "; did you mean " + nearest + "?")
                        .orElse("");
    }

    private String place(TomlPosition position) {
        return file + ":" + position.line();
    }
}
