import com.google.googlejavaformat.java.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks or fixes the format of the Java sources of all modules below a directory with google-java-format, AOSP style. The build runs it on
 * the toolchain's JDK, because the formatter needs a newer Java than the one that Maven itself may run on. Files that have not changed
 * since the last run that found nothing are skipped.
 *
 * <p>Usage: {@code Format.java check|fix DIRECTORY}. Exit code 1 when a file is not formatted.
 */
class Format {
    public static void main(String[] args) throws Exception {
        boolean fix = args[0].equals("fix");
        Path directory = Path.of(args[1]);
        if (!Files.isDirectory(directory)) {
            return;
        }
        Path marker = directory.resolve("target/format-checked");
        FileTime begin = FileTime.from(Instant.now());
        List<String> files = changedSince(marker, directory);
        int exit = files.isEmpty() ? 0 : format(fix, files);
        if (exit != 0 && !fix) {
            System.err.println("The files above are not formatted; run: mvn -N -Dformat.mode=fix process-sources");
        }
        if (exit == 0) {
            Files.createDirectories(marker.getParent());
            Files.writeString(marker, "");
            // A file that the formatter itself has just rewritten is looked at once more.
            Files.setLastModifiedTime(marker, begin);
        }
        System.exit(exit);
    }

    private static List<String> changedSince(Path marker, Path directory) throws IOException {
        FileTime checked = Files.exists(marker) ? Files.getLastModifiedTime(marker) : FileTime.fromMillis(0);
        List<String> changed = new ArrayList<>();
        try (var modules = Files.newDirectoryStream(directory, module -> Files.isDirectory(module.resolve("src")))) {
            for (Path module : modules) {
                try (var files = Files.walk(module.resolve("src"))) {
                    for (Path file : files.filter(each -> each.toString().endsWith(".java")).sorted().toList()) {
                        if (Files.getLastModifiedTime(file).compareTo(checked) >= 0) {
                            changed.add(file.toString());
                        }
                    }
                }
            }
        }
        return changed;
    }

    private static int format(boolean fix, List<String> files) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("--aosp", "--skip-javadoc-formatting"));
        arguments.addAll(fix ? List.of("--replace") : List.of("--dry-run", "--set-exit-if-changed"));
        arguments.addAll(files);
        PrintWriter out = new PrintWriter(System.out, true);
        PrintWriter errors = new PrintWriter(System.err, true);
        return new Main(out, errors, System.in).format(arguments.toArray(String[]::new));
    }
}
