package chat.chatto.core.emoji;

import chat.chatto.core.ChattoException;
import chat.chatto.core.StorageFailures;
import chat.chatto.storage.ObjectStore;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;

/** The pictures of custom emoji; a version never changes, so those in use stay in memory. Safe for use by many threads. */
final class EmojiPictures {

    private static final Logger log = LoggerFactory.getLogger(EmojiPictures.class);
    private static final long CACHED_BYTES = 16L << 20;
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);

    private final ObjectStore objects;
    private final Cache<String, byte[]> cache =
            Caffeine.newBuilder()
                    .maximumWeight(CACHED_BYTES)
                    .weigher((String _, byte[] picture) -> picture.length)
                    .build();

    EmojiPictures(ObjectStore objects) {
        this.objects = objects;
    }

    void store(String version, byte[] picture) {
        StorageFailures.translating(
                () -> {
                    try {
                        return objects.put(name(version), new ByteArrayInputStream(picture));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e); // an array does not fail
                    }
                });
    }

    /** A picture that was stored and not discarded. */
    Optional<byte[]> read(String version) {
        return Optional.ofNullable(cache.get(version, this::load));
    }

    /** What cannot be removed now stays in storage, a quarter of a megabyte that nothing refers to. */
    void discard(String version) {
        cache.invalidate(version);
        try {
            StorageFailures.translating(
                    () -> {
                        objects.remove(name(version));
                        return true;
                    });
        } catch (ChattoException e) {
            log.warn("The picture {} of a former emoji was left in storage", version, e);
        }
    }

    private byte @Nullable [] load(String version) {
        return StorageFailures.translating(
                () -> {
                    Optional<InputStream> content = objects.read(name(version), 0);
                    if (content.isEmpty()) {
                        return null;
                    }
                    try (InputStream in = content.get()) {
                        return in.readNBytes(EmojiImage.BYTES);
                    } catch (IOException e) {
                        throw ChattoException.unavailable(
                                AFTER_FAILURE, "The picture could not be read", e);
                    }
                });
    }

    private static String name(String version) {
        return "emoji/" + version;
    }
}
