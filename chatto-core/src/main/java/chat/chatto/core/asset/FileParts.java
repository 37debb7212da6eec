package chat.chatto.core.asset;

import chat.chatto.core.ChattoException;
import chat.chatto.core.StorageFailures;
import chat.chatto.core.account.UserId;
import chat.chatto.kms.DataKeys;
import chat.chatto.kms.KeyShreddedException;
import chat.chatto.kms.Opened;
import chat.chatto.storage.ObjectStore;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * The parts of files, each an object of its own, encrypted with the key of the file's owner. With a part are authenticated the file, the
 * form, the number of the part and whether it is the last one, so that parts that were exchanged, left out or cut off do not open. Safe for
 * use by many threads.
 */
final class FileParts {

    /** What sealing adds at most. */
    private static final int OVERHEAD = 64;

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);

    private final ObjectStore objects;
    private final DataKeys keys;

    FileParts(ObjectStore objects, DataKeys keys) {
        this.objects = objects;
        this.keys = keys;
    }

    /**
     * Stores a part; one that is there already is replaced.
     *
     * @throws ChattoException UNAVAILABLE; FORBIDDEN when the owner's key was destroyed
     */
    void write(UserId owner, AssetId file, Form form, long part, boolean last, byte[] content) {
        StorageFailures.translating(
                () -> {
                    try {
                        byte[] sealed =
                                keys.seal(
                                        Descriptions.owner(owner),
                                        content,
                                        place(file, form, part, last));
                        return objects.put(
                                name(file, form, part), new ByteArrayInputStream(sealed));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e); // an array does not fail
                    } catch (KeyShreddedException e) {
                        throw ChattoException.forbidden("This account is gone");
                    }
                });
    }

    /**
     * Reads a part.
     *
     * @throws ChattoException NOT_FOUND when it was removed, or the owner's key was destroyed; UNAVAILABLE
     * @throws chat.chatto.kms.TamperedException when it is not what was stored there
     */
    byte[] read(UserId owner, AssetId file, Content content, long part) {
        return StorageFailures.translating(
                () -> {
                    byte[] sealed = sealed(file, content, part);
                    boolean last = part == content.parts() - 1;
                    return switch (keys.open(
                            Descriptions.owner(owner),
                            sealed,
                            place(file, content.form(), part, last))) {
                        case Opened.Plain plain -> plain.content();
                        case Opened.Shredded _ -> throw gone();
                    };
                });
    }

    private byte[] sealed(AssetId file, Content content, long part) {
        Optional<InputStream> object = objects.read(name(file, content.form(), part), 0);
        if (object.isEmpty()) {
            throw gone();
        }
        try (InputStream in = object.get()) {
            return in.readNBytes(content.length(part) + OVERHEAD);
        } catch (IOException e) {
            throw ChattoException.unavailable(AFTER_FAILURE, "The file could not be read", e);
        }
    }

    /**
     * Removes the first parts of a form, those that are there.
     *
     * @throws ChattoException UNAVAILABLE; repeating is harmless
     */
    void remove(AssetId file, Form form, long parts) {
        StorageFailures.translating(
                () -> {
                    for (long part = 0; part < parts; part++) {
                        objects.remove(name(file, form, part));
                    }
                    return true;
                });
    }

    private static ChattoException gone() {
        return ChattoException.notFound("This file is not there any more");
    }

    private static String name(AssetId file, Form form, long part) {
        return "files/" + file + "/" + form.number() + "/" + part;
    }

    private static byte[] place(AssetId file, Form form, long part, boolean last) {
        return (name(file, form, part) + (last ? "/last" : "/more"))
                .getBytes(StandardCharsets.UTF_8);
    }
}
