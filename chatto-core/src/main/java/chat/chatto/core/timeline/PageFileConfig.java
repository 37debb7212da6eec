package chat.chatto.core.timeline;

import java.nio.file.Path;

/**
 * The file on the server's own disk that keeps pages which do not fit into memory. It is a cache: a server begins with an empty one and
 * leaves none behind.
 *
 * @param directory where it is; must exist
 * @param bytes how large it may become; 0 for none
 */
public record PageFileConfig(Path directory, long bytes) {

    /** Room for the pages of about a million messages. */
    public static final long DEFAULT_BYTES = 512L << 20;

    public PageFileConfig {
        if (bytes < 0) {
            throw new IllegalArgumentException("A file's size is not negative: " + bytes);
        }
    }

    /** No file: what is not in memory is always read from storage. */
    public static PageFileConfig none() {
        return new PageFileConfig(systemDirectory(), 0);
    }

    /** In the system's directory for temporary files. */
    public static PageFileConfig defaults() {
        return new PageFileConfig(systemDirectory(), DEFAULT_BYTES);
    }

    private static Path systemDirectory() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }
}
