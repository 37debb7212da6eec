package chat.chatto.core.asset;

import chat.chatto.core.ChattoException;
import chat.chatto.core.Ids;
import chat.chatto.core.account.UserId;
import chat.chatto.core.server.Records;
import chat.chatto.core.stored.v1.StoredUpload;
import chat.chatto.storage.ConflictException;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import jakarta.inject.Inject;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.InstantSource;

/**
 * Pictures that belong to no message, sealed with their owner's key. While it is not certain that one is in use, or that one is not any
 * more, there is a record of it: whatever a server leaves that dies, another one puts right. Safe for use by many threads.
 */
public final class Portraits {

    /** The most bytes that are looked at. */
    public static final int BYTES = Portrait.BYTES;

    /** What all of them are. */
    public static final String MEDIA_TYPE = Previews.PNG;

    private static final Logger LOG = LoggerFactory.getLogger(Portraits.class);
    private static final long CACHED_BYTES = 8L << 20;

    private final Uploads uploads;
    private final Ids ids;
    private final InstantSource clock;
    private final Cache<AssetId, byte[]> cache =
            Caffeine.newBuilder()
                    .maximumWeight(CACHED_BYTES)
                    .weigher((AssetId _, byte[] picture) -> picture.length)
                    .build();

    @Inject
    public Portraits(Uploads uploads, Ids ids, InstantSource clock) {
        this.uploads = uploads;
        this.ids = ids;
        this.clock = clock;
    }

    /** What uses a picture from now on. */
    @FunctionalInterface
    public interface Use {

        /** @throws ChattoException when it is not used after all */
        void begin(AssetId picture);
    }

    /**
     * Stores a small picture and has it used.
     *
     * @param side the longest, in pixels
     * @param square whether the middle is cut out of what was sent
     * @param former what it replaces; empty for none
     * @throws ChattoException INVALID, TOO_LARGE, UNAVAILABLE, and what the use throws
     */
    public AssetId replace(
            UserId owner, byte[] image, int side, boolean square, String former, Use use) {
        byte[] png = Portrait.png(image, side, square);
        var id = new AssetId(ids.file());
        record(owner, id, png.length);
        uploads.parts().write(owner, id, Form.CLEANED, 0, true, png);
        replace(owner, former, () -> use.begin(id));
        uploads.records().remove(id);
        cache.put(id, png);
        return id;
    }

    /**
     * Has a picture used no more, and removes it.
     *
     * @param former the picture; empty for none
     */
    public void remove(UserId owner, String former, Runnable endUse) {
        replace(owner, former, endUse);
    }

    private void replace(UserId owner, String former, Runnable change) {
        if (!former.isEmpty()) {
            record(owner, new AssetId(former), 1);
        }
        change.run();
        if (!former.isEmpty()) {
            discard(new AssetId(former));
        }
    }

    /** One that is there already says the same. */
    private void record(UserId owner, AssetId id, long size) {
        long now = clock.millis();
        StoredUpload upload =
                StoredUpload.newBuilder()
                        .setFormat(Records.FORMAT)
                        .setOwner(owner.value())
                        .setSize(size)
                        .setCreatedAtMillis(now)
                        .setChangedAtMillis(now)
                        .build();
        try {
            uploads.records().create(id, upload);
        } catch (ConflictException _) {
            // Another change of the same picture.
        }
    }

    /** What cannot be removed now is removed later, for there is a record of it. */
    private void discard(AssetId id) {
        try {
            uploads.parts().remove(id, Form.CLEANED, 1);
            uploads.records().remove(id);
        } catch (ChattoException e) {
            LOG.warn("A former picture waits to be removed: {}", id, e);
        }
    }

    /**
     * A picture in use. The array is not copied: treat it as read-only.
     *
     * @throws ChattoException NOT_FOUND when it was removed, or its owner's key was destroyed; UNAVAILABLE
     */
    public byte[] read(UserId owner, AssetId id) {
        byte[] known = cache.getIfPresent(id);
        if (known != null) {
            return known;
        }
        byte[] read =
                uploads.parts().read(owner, id, new Content(Form.CLEANED, Content.PART_BYTES), 0);
        cache.put(id, read);
        return read;
    }
}
