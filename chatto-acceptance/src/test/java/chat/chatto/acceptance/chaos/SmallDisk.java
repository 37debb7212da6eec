package chat.chatto.acceptance.chaos;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A file system of its own that is easily filled to the last byte. */
final class SmallDisk implements AutoCloseable {

    private static final String SIZE = "256m";
    private static final int PIECE = 64 << 10;

    private final Path directory;

    private SmallDisk(Path directory) {
        this.directory = directory;
    }

    /** Mounts one on a directory, which only root may do; empty for anybody else. */
    static Optional<SmallDisk> mount(Path directory) {
        return run("mount", "-t", "tmpfs", "-o", "size=" + SIZE, "tmpfs", directory.toString())
                ? Optional.of(new SmallDisk(directory))
                : Optional.empty();
    }

    Path directory() {
        return directory;
    }

    /** Takes all the room that is left. */
    void fill() {
        byte[] piece = new byte[PIECE];
        try (OutputStream out = Files.newOutputStream(ballast())) {
            while (true) {
                out.write(piece);
            }
        } catch (IOException _) {
            // No space left: that was the aim.
        }
    }

    void free() {
        try {
            Files.deleteIfExists(ballast());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path ballast() {
        return directory.resolve("ballast");
    }

    private static boolean run(String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("Interrupted while a file system is mounted", e);
        }
    }

    @Override
    public void close() {
        if (!run("umount", directory.toString())) {
            throw new IllegalStateException("Cannot unmount " + directory);
        }
    }
}
