package chat.chatto.core.asset;

import chat.chatto.core.StorageFailures;
import chat.chatto.core.server.Records;
import chat.chatto.core.stored.v1.StoredUpload;
import chat.chatto.storage.ConflictException;
import chat.chatto.storage.KeyValueStore;

import java.util.Optional;

/** What is known of files that are no message's yet, in the bucket FILES. Safe for use by many threads. */
final class UploadRecords {

    /** What the keys of uploads begin with. */
    static final String PREFIX = "upload";

    private final KeyValueStore store;

    UploadRecords(KeyValueStore store) {
        this.store = store;
    }

    /** A record as it is now, or was. */
    record Held(AssetId id, StoredUpload upload, long revision) {

        boolean removed() {
            return upload.getRemovedAtMillis() > 0;
        }

        boolean complete() {
            return upload.hasFile();
        }
    }

    Held create(AssetId id, StoredUpload upload) {
        return new Held(
                id,
                upload,
                StorageFailures.translating(() -> store.create(key(id), upload.toByteArray())));
    }

    Optional<Held> find(AssetId id) {
        return StorageFailures.translating(() -> store.get(key(id)))
                .map(entry -> held(id, entry.value(), entry.revision()));
    }

    /**
     * Replaces a record that nobody changed since.
     *
     * @throws ConflictException when somebody did
     */
    Held replace(Held former, StoredUpload upload) {
        return new Held(
                former.id(),
                upload,
                StorageFailures.translating(
                        () ->
                                store.update(
                                        key(former.id()),
                                        upload.toByteArray(),
                                        former.revision())));
    }

    void remove(AssetId id) {
        StorageFailures.translating(
                () -> {
                    store.remove(key(id));
                    return true;
                });
    }

    static Held held(AssetId id, byte[] value, long revision) {
        return new Held(id, Records.parse(StoredUpload.parser(), value), revision);
    }

    /** Which upload a key is of. */
    static AssetId id(String key) {
        return new AssetId(key.substring(PREFIX.length() + 1));
    }

    private static String key(AssetId id) {
        return PREFIX + "." + id;
    }
}
