package chat.chatto.core.asset;

import chat.chatto.core.ChattoException;
import chat.chatto.core.CoreConfig;
import chat.chatto.core.ErrorCode;
import chat.chatto.core.Ids;
import chat.chatto.core.account.UserId;
import chat.chatto.core.asset.UploadRecords.Held;
import chat.chatto.core.room.RoomId;
import chat.chatto.core.server.Records;
import chat.chatto.core.stored.v1.StoredUpload;
import chat.chatto.kms.DataKeys;
import chat.chatto.storage.Bucket;
import chat.chatto.storage.ConflictException;
import chat.chatto.storage.Storage;

import com.google.protobuf.UnsafeByteOperations;

import jakarta.inject.Inject;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Takes in files, part by part, each part through whatever server. A part is stored before the upload's record says that it has arrived, so
 * that a crash in between only means to send it again. Safe for use by many threads.
 */
public final class Uploads {

    /** How long an upload waits for its next part. */
    static final Duration SESSION = Duration.ofMinutes(15);

    /** How long a complete file waits for its message. */
    static final Duration UNATTACHED = Duration.ofHours(24);

    private final UploadRecords records;
    private final FileParts parts;
    private final Descriptions descriptions;
    private final Finishing finishing;
    private final UploadAccess access;
    private final AssetConfig limits;
    private final Ids ids;
    private final InstantSource clock;

    @Inject
    public Uploads(
            Storage storage,
            DataKeys keys,
            UploadAccess access,
            CoreConfig config,
            Ids ids,
            InstantSource clock) {
        this.records = new UploadRecords(storage.bucket(Bucket.FILES));
        this.parts = new FileParts(storage.assets(), keys);
        this.descriptions = new Descriptions(keys);
        this.finishing = new Finishing(parts, descriptions);
        this.access = access;
        this.limits = config.assets();
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Begins an upload.
     *
     * @throws ChattoException NOT_FOUND, FORBIDDEN or ARCHIVED where the user may not attach files; INVALID; TOO_LARGE; UNAVAILABLE
     */
    public Upload create(UserId user, NewUpload wanted) {
        access.checkUpload(user, wanted.room());
        String name = FileName.clean(wanted.name());
        if (wanted.size() < 1) {
            throw ChattoException.invalid("size", "must be at least 1: an empty file has nothing");
        }
        if (wanted.size() > limits.largest()) {
            throw tooLarge(limits.largest());
        }
        var id = new AssetId(ids.file());
        long now = clock.millis();
        StoredUpload upload =
                StoredUpload.newBuilder()
                        .setFormat(Records.FORMAT)
                        .setOwner(user.value())
                        .setRoom(wanted.room().value())
                        .setSealedName(
                                UnsafeByteOperations.unsafeWrap(
                                        descriptions.sealName(user, id, name)))
                        .setSize(wanted.size())
                        .setCreatedAtMillis(now)
                        .setChangedAtMillis(now)
                        .build();
        return shown(records.create(id, upload));
    }

    /**
     * Takes the next part.
     *
     * @param offset where it belongs: what has arrived already
     * @param content {@value Content#PART_BYTES} bytes, or all that is left. The array is not kept
     * @throws ChattoException NOT_FOUND when there is no such upload of this user, or it is over; CONFLICT for another offset, naming the
     *     right one; INVALID for another length; TOO_LARGE when the file is no video and too large for anything else; UNAVAILABLE
     */
    public Upload append(UserId user, AssetId id, long offset, byte[] content) {
        Held held = require(user, id);
        StoredUpload upload = held.upload();
        access.checkUpload(user, new RoomId(upload.getRoom()));
        if (offset == upload.getArrived() && offset == upload.getSize() && content.length == 0) {
            return shown(finished(user, held));
        }
        if (offset != upload.getArrived() || held.complete()) {
            throw wrongOffset(upload);
        }
        var whole = new Content(Form.UPLOADED, upload.getSize());
        long part = offset / Content.PART_BYTES;
        if (content.length != whole.length(part)) {
            throw ChattoException.invalid(
                    "body",
                    "must have %d bytes: parts have %d, the last one what is left"
                            .formatted(whole.length(part), Content.PART_BYTES));
        }
        if (part == 0) {
            checkSize(held, content);
        }
        parts.write(user, id, Form.UPLOADED, part, part == whole.parts() - 1, content);
        return shown(finished(user, arrived(held, part, content.length)));
    }

    /** Only a video may be larger than other files, and only its bytes tell that it is one. */
    private void checkSize(Held held, byte[] head) {
        long limit = limits.limit(MediaType.of(head).kind());
        if (held.upload().getSize() > limit) {
            discard(held);
            throw tooLarge(limit);
        }
    }

    private Held arrived(Held held, long part, int length) {
        StoredUpload more =
                held.upload().toBuilder()
                        .setArrived(held.upload().getArrived() + length)
                        .setChangedAtMillis(clock.millis())
                        .build();
        try {
            return records.replace(held, more);
        } catch (ConflictException e) {
            Optional<Held> now = records.find(held.id()).filter(other -> !other.removed());
            if (now.isEmpty()) {
                parts.remove(held.id(), Form.UPLOADED, part + 1);
                throw over();
            }
            throw wrongOffset(now.get().upload());
        }
    }

    /** The upload with its file, when all of it has arrived. */
    private Held finished(UserId user, Held held) {
        StoredUpload upload = held.upload();
        if (held.complete() || upload.getArrived() < upload.getSize()) {
            return held;
        }
        SealedFile file = finishing.finish(user, held.id(), name(held), upload.getSize());
        Held complete;
        try {
            complete =
                    records.replace(
                            held, upload.toBuilder().setFile(FileCodec.encode(file)).build());
        } catch (ConflictException e) {
            return require(user, held.id()); // it was finished elsewhere, or cancelled
        }
        removeRaw(complete);
        return complete;
    }

    /** What a picture was before it was cleaned. */
    void removeRaw(Held complete) {
        if (!complete.complete()) {
            return;
        }
        SealedFile file = FileCodec.decode(complete.upload().getFile());
        if (file.original().form() != Form.UPLOADED) {
            parts.remove(complete.id(), Form.UPLOADED, Content.parts(complete.upload().getSize()));
        }
    }

    /**
     * An upload as it is now. One of which all has arrived is completed, should the server have died that was about to.
     *
     * @throws ChattoException NOT_FOUND when there is no such upload of this user, or it is over; UNAVAILABLE
     */
    public Upload find(UserId user, AssetId id) {
        return shown(finished(user, require(user, id)));
    }

    /**
     * Gives an upload up, also one that is complete; nothing happens where there is none.
     *
     * @throws ChattoException CONFLICT when it is being posted; UNAVAILABLE
     */
    public void cancel(UserId user, AssetId id) {
        Optional<Held> held = records.find(id).filter(owned(user)).filter(one -> !one.removed());
        if (held.isEmpty()) {
            return;
        }
        if (!held.get().upload().getClaim().isEmpty()) {
            throw ChattoException.of(ErrorCode.CONFLICT, "This file is being posted");
        }
        discard(held.get());
    }

    /**
     * A complete file of the user's own that is no message's yet.
     *
     * @throws ChattoException NOT_FOUND; UNAVAILABLE
     */
    public OwnedFile file(UserId user, AssetId id) {
        Held held = require(user, id);
        SealedFile file = FileCodec.decode(held.upload().getFile());
        return descriptions
                .open(user, file)
                .map(attachment -> new OwnedFile(user, file, attachment))
                .orElseThrow(Uploads::over);
    }

    /** What of an upload is to be read. */
    FileParts parts() {
        return parts;
    }

    UploadRecords records() {
        return records;
    }

    /** Marks an upload as removed, so that nobody goes on with it, and removes what has arrived. The mark stays for a while. */
    void discard(Held held) {
        StoredUpload removed = held.upload().toBuilder().setRemovedAtMillis(clock.millis()).build();
        try {
            records.replace(held, removed);
        } catch (ConflictException e) {
            throw ChattoException.of(
                    ErrorCode.CONFLICT, "This file is being changed at the moment: retry");
        }
        erase(held);
    }

    void erase(Held held) {
        finishing.erase(held.id(), held.upload().getSize());
    }

    private Held require(UserId user, AssetId id) {
        return records.find(id)
                .filter(owned(user))
                .filter(held -> !held.removed() && clock.millis() <= expiry(held))
                .orElseThrow(Uploads::over);
    }

    private static Predicate<Held> owned(UserId user) {
        return held -> held.upload().getOwner().equals(user.value());
    }

    /** When an upload is given up. */
    static long expiry(Held held) {
        StoredUpload upload = held.upload();
        return held.complete()
                ? Math.max(upload.getChangedAtMillis(), upload.getClaimedAtMillis())
                        + UNATTACHED.toMillis()
                : upload.getChangedAtMillis() + SESSION.toMillis();
    }

    private String name(Held held) {
        StoredUpload upload = held.upload();
        return descriptions
                .openName(
                        new UserId(upload.getOwner()),
                        held.id(),
                        upload.getSealedName().toByteArray())
                .orElseThrow(Uploads::over);
    }

    private Upload shown(Held held) {
        StoredUpload upload = held.upload();
        return new Upload(
                held.id(),
                name(held),
                new RoomId(upload.getRoom()),
                upload.getSize(),
                upload.getArrived(),
                Instant.ofEpochMilli(expiry(held)),
                held.complete()
                        ? descriptions.open(
                                new UserId(upload.getOwner()), FileCodec.decode(upload.getFile()))
                        : Optional.empty());
    }

    private static ChattoException over() {
        return ChattoException.notFound(
                "There is no such upload any more: it was cancelled, posted, or waited too long");
    }

    private static ChattoException wrongOffset(StoredUpload upload) {
        return ChattoException.of(
                ErrorCode.CONFLICT,
                upload.getArrived()
                        + " bytes of this file have arrived: go on with Upload-Offset: "
                        + upload.getArrived());
    }

    private static ChattoException tooLarge(long limit) {
        return ChattoException.of(
                ErrorCode.TOO_LARGE, "A file of this kind may have at most " + limit + " bytes");
    }
}
