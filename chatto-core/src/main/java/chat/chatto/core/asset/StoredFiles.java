package chat.chatto.core.asset;

import chat.chatto.core.ChattoException;
import chat.chatto.core.account.UserId;
import chat.chatto.core.asset.UploadRecords.Held;
import chat.chatto.storage.Bucket;
import chat.chatto.storage.Follower;
import chat.chatto.storage.Following;
import chat.chatto.storage.KeyValueStore;
import chat.chatto.storage.Storage;

import jakarta.inject.Inject;

import java.util.Optional;

/** Reads the content of files, and removes what nobody needs any more. Safe for use by many threads. */
public final class StoredFiles {

    /** For so long a part may still be on its way to an upload that is over. */
    private static final long STRAGGLER_MILLIS = 10 * 60_000L;

    private final Uploads uploads;
    private final PictureUse pictures;
    private final KeyValueStore store;

    @Inject
    public StoredFiles(Uploads uploads, PictureUse pictures, Storage storage) {
        this.uploads = uploads;
        this.pictures = pictures;
        this.store = storage.bucket(Bucket.FILES);
    }

    /**
     * A form of a file.
     *
     * @return empty when it is not stored in this form
     */
    public Optional<FileContent> content(OwnedFile file, Form form) {
        return file.file()
                .content(form)
                .map(
                        content ->
                                new FileContent(
                                        uploads.parts(), file.owner(), file.file().id(), content));
    }

    /** The file itself. */
    public FileContent content(OwnedFile file) {
        return content(file, file.file().original().form()).orElseThrow();
    }

    /**
     * A message has the file: its upload is over. Repeating is harmless.
     *
     * @throws ChattoException UNAVAILABLE
     */
    public void settle(AssetId id) {
        Optional<Held> held = uploads.records().find(id);
        if (held.isPresent()) {
            uploads.removeRaw(held.get());
            uploads.records().remove(id);
        }
    }

    /**
     * Removes a file that no message has any more. Repeating is harmless.
     *
     * @throws ChattoException UNAVAILABLE
     */
    public void remove(SealedFile file) {
        settle(file.id());
        for (Content content : file.contents()) {
            uploads.parts().remove(file.id(), content.form(), content.parts());
        }
    }

    /**
     * Something that may have to be done for an upload.
     *
     * @param dueMillis not before this time
     */
    public record Pending(AssetId id, long dueMillis) {}

    /** Delivers every upload, and every change of one, as it then is; empty for one that is over. */
    public Following watchUploads(Follower<Pending> changed, Follower<AssetId> ended) {
        return store.watch(
                UploadRecords.PREFIX,
                change -> {
                    AssetId id = UploadRecords.id(change.key());
                    switch (change) {
                        case KeyValueStore.Change.Put put ->
                                changed.accept(
                                        pending(
                                                UploadRecords.held(
                                                        id, put.value(), put.revision())));
                        case KeyValueStore.Change.Removed _ -> ended.accept(id);
                    }
                });
    }

    private static Pending pending(Held held) {
        long due =
                held.removed()
                        ? held.upload().getRemovedAtMillis() + STRAGGLER_MILLIS
                        : Uploads.expiry(held);
        return new Pending(held.id(), due);
    }

    /**
     * Ends an upload that is due, and removes what has arrived.
     *
     * @param settled asked after the record was read: whether whatever was posted until now is settled. If not, nothing is done
     * @throws ChattoException UNAVAILABLE; CONFLICT when it is being changed
     */
    public void expire(AssetId id, long nowMillis, Settled settled) {
        Optional<Held> held = uploads.records().find(id);
        if (held.isEmpty() || nowMillis <= pending(held.get()).dueMillis() || !settled.test()) {
            return;
        }
        boolean picture = held.get().upload().getRoom().isEmpty();
        if (picture && pictures.inUse(new UserId(held.get().upload().getOwner()), id)) {
            uploads.records().remove(id);
            return;
        }
        if (held.get().removed()) {
            uploads.erase(held.get());
            uploads.records().remove(id);
        } else {
            uploads.discard(held.get());
        }
    }

    /** Whether all that was posted until now is settled. */
    @FunctionalInterface
    public interface Settled {
        boolean test();
    }
}
