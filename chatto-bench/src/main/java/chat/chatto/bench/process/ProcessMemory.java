package chat.chatto.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a process holds in memory, as Linux counts it, in bytes. */
public record ProcessMemory(long resident, long proportional) {

    private static final long KIBIBYTE = 1024;

    /**
     * Looks at a process now.
     *
     * @throws IOException when there is no such process, or it belongs to somebody else
     */
    public static ProcessMemory of(long pid) throws IOException {
        Path process = Path.of("/proc", Long.toString(pid));
        return new ProcessMemory(
                field(process.resolve("status"), "VmRSS:"),
                field(process.resolve("smaps_rollup"), "Pss:"));
    }

    private static long field(Path file, String name) throws IOException {
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(name))
                    .map(
                            line ->
                                    Long.parseLong(
                                                    line.substring(name.length())
                                                            .replace("kB", "")
                                                            .strip())
                                            * KIBIBYTE)
                    .findFirst()
                    .orElseThrow(() -> new IOException("no " + name + " in " + file.getFileName()));
        }
    }
}
