package chat.chatto.storage;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Large binary objects, written and read as streams so that no object is ever held in memory as a whole. Safe for use by many
 * threads; every method may block and throws {@link UnavailableException} when there is no answer in time.
 */
public interface ObjectStore {

    /** What is stored under a name. */
    record Info(String name, long size, String digest) {}

    /**
     * Stores an object, replacing one of the same name. A failed or interrupted call leaves the former object untouched.
     *
     * @throws IOException when reading the content fails
     */
    Info put(String name, InputStream content) throws IOException;

    Optional<Info> info(String name);

    /**
     * The content from a byte offset on, read in chunks as the stream is consumed.
     *
     * @return empty when there is no such object
     * @throws IllegalArgumentException for an offset below 0 or beyond the object's size
     */
    Optional<InputStream> read(String name, long offset);

    /** Removes an object; nothing happens where there is none. */
    void remove(String name);
}
