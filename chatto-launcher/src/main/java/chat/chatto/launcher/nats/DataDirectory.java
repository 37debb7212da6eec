package chat.chatto.launcher.nats;

import chat.chatto.launcher.config.OwnerOnlyFile;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The directory with everything that a server with embedded NATS keeps, held by one Chatto at a time: two nats-servers on one directory
 * would destroy each other's data. The kernel frees it when its holder dies, however it does.
 */
public final class DataDirectory implements AutoCloseable {

    private static final String LOCK_FILE = "chatto.lock";

    private final Path path;
    private final FileChannel lock;

    private DataDirectory(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Takes hold of the directory; it is created if it is missing.
     *
     * @throws EmbeddedNatsException when another process holds it, or it cannot be written
     */
    public static DataDirectory open(Path path) {
        try {
            OwnerOnlyFile.createDirectories(path);
            Path file = path.resolve(LOCK_FILE);
            FileChannel channel =
                    FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!tryLock(channel)) {
                channel.close();
                throw new EmbeddedNatsException(
                        path
                                + " is in use by another Chatto, process "
                                + Files.readString(file).strip()
                                + "; stop that one or choose another nats.embedded.data_dir"
                                + " (--data-dir)");
            }
            channel.truncate(0);
            channel.write(StandardCharsets.UTF_8.encode(ProcessHandle.current().pid() + "\n"));
            return new DataDirectory(path, channel);
        } catch (IOException e) {
            throw new EmbeddedNatsException(
                    "the data directory " + path + " cannot be used: " + e, e);
        }
    }

    public Path path() {
        return path;
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // Held by this very process.
            return false;
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new EmbeddedNatsException(
                    "the data directory " + path + " cannot be released: " + e, e);
        }
    }
}
