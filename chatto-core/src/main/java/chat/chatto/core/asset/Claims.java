package chat.chatto.core.asset;

import chat.chatto.core.ChattoException;
import chat.chatto.core.ErrorCode;
import chat.chatto.core.account.UserId;
import chat.chatto.core.asset.UploadRecords.Held;
import chat.chatto.core.room.RoomId;
import chat.chatto.core.stored.v1.StoredUpload;
import chat.chatto.storage.ConflictException;

import jakarta.inject.Inject;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lets each uploaded file go into one message. The claim is in the upload's record, so that of two messages that want the same file, on
 * whatever servers, one gets it; a retry of the same message finds its own claim. Safe for use by many threads.
 */
public final class Claims implements AttachmentSource {

    private static final int ATTEMPTS = 16;

    private final UploadRecords records;
    private final InstantSource clock;

    @Inject
    public Claims(Uploads uploads, InstantSource clock) {
        this.records = uploads.records();
        this.clock = clock;
    }

    @Override
    public Claim claim(UserId author, RoomId room, List<AssetId> files, String attempt) {
        if (files.isEmpty()) {
            return Claim.NONE;
        }
        List<SealedFile> claimed = new ArrayList<>();
        List<AssetId> fresh = new ArrayList<>();
        long now = clock.millis();
        try {
            for (AssetId id : files) {
                Held held = claim(author, room, id, attempt, now, fresh);
                claimed.add(FileCodec.decode(held.upload().getFile()));
            }
            return new Claim(claimed, attempt, now, fresh, Optional.empty());
        } catch (ChattoException e) {
            release(new Claim(List.of(), attempt, now, fresh, Optional.empty()));
            if (e.code() == ErrorCode.UNAVAILABLE) {
                throw e;
            }
            return Claim.refused(e);
        }
    }

    private Held claim(
            UserId author, RoomId room, AssetId id, String attempt, long now, List<AssetId> fresh) {
        for (int i = 0; i < ATTEMPTS; i++) {
            Held held =
                    records.find(id)
                            .filter(one -> usable(one, author, room, now))
                            .orElseThrow(() -> notThere(id));
            String former = held.upload().getClaim();
            if (!former.isEmpty() && !former.equals(attempt)) {
                throw ChattoException.of(
                        ErrorCode.CONFLICT,
                        "The file " + id + " is in another message, or about to be");
            }
            try {
                Held claimed =
                        records.replace(
                                held,
                                held.upload().toBuilder()
                                        .setClaim(attempt)
                                        .setClaimedAtMillis(now)
                                        .build());
                if (former.isEmpty()) {
                    fresh.add(id);
                }
                return claimed;
            } catch (ConflictException _) {
                // Somebody else wants it, or it is being removed: look again.
            }
        }
        throw ChattoException.of(
                ErrorCode.CONFLICT, "The file " + id + " is being changed by others");
    }

    private static boolean usable(Held held, UserId author, RoomId room, long now) {
        StoredUpload upload = held.upload();
        return upload.getOwner().equals(author.value())
                && upload.getRoom().equals(room.value())
                && held.complete()
                && !held.removed()
                && now <= Uploads.expiry(held);
    }

    private static ChattoException notThere(AssetId id) {
        return ChattoException.invalid(
                "attachments",
                "names the file "
                        + id
                        + ", which is no complete upload of yours for this room: upload it again");
    }

    @Override
    public void release(Claim claim) {
        for (AssetId id : claim.fresh()) {
            records.find(id)
                    .filter(held -> held.upload().getClaim().equals(claim.attempt()))
                    .ifPresent(Claims.this::release);
        }
    }

    private void release(Held held) {
        try {
            records.replace(held, held.upload().toBuilder().clearClaim().build());
        } catch (ConflictException _) {
            // Whoever changed it since goes by what it is now.
        }
    }
}
