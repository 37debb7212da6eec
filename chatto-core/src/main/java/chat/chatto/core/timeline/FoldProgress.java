package chat.chatto.core.timeline;

import chat.chatto.core.stored.v1.StoredProgress;
import chat.chatto.storage.KeyValueStore;

import com.google.protobuf.InvalidProtocolBufferException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far a shard's commits are in its pages.
 *
 * @param foldedThrough every commit up to this sequence is in the pages
 * @param purgedThrough commits up to this sequence may be missing in the log
 * @param revision the document's revision, 0 when there is none yet
 */
record FoldProgress(long foldedThrough, long purgedThrough, long revision) {

    /** What to watch for changes. */
    static final String PREFIX = "progress";

    private static final Logger LOG = LoggerFactory.getLogger(FoldProgress.class);
    private static final String KEY = PREFIX + ".fold";
    private static final int FORMAT = 1;

    static FoldProgress read(KeyValueStore documents) {
        return documents
                .get(KEY)
                .map(entry -> decode(entry.value(), entry.revision()))
                .orElse(new FoldProgress(0, 0, 0));
    }

    /** As {@link #read}, for whoever only looks: what cannot be understood is as good as nothing. */
    static FoldProgress readOrNone(KeyValueStore documents) {
        try {
            return read(documents);
        } catch (DamagedException e) {
            LOG.warn("Everything counts as not folded", e);
            return new FoldProgress(0, 0, 0);
        }
    }

    /**
     * Stores a later progress if nobody else stored one since this was read.
     *
     * @throws chat.chatto.storage.ConflictException when somebody did
     */
    FoldProgress advance(KeyValueStore documents, long folded, long purged) {
        byte[] content =
                StoredProgress.newBuilder()
                        .setFormat(FORMAT)
                        .setFoldedThrough(Math.max(folded, foldedThrough))
                        .setPurgedThrough(Math.max(purged, purgedThrough))
                        .build()
                        .toByteArray();
        long stored =
                revision == 0
                        ? documents.create(KEY, content)
                        : documents.update(KEY, content, revision);
        return decode(content, stored);
    }

    static FoldProgress decode(byte[] content, long revision) {
        try {
            StoredProgress stored = StoredProgress.parseFrom(content);
            if (stored.getFormat() != FORMAT) {
                throw new DamagedException(
                        "The folding progress has the unknown format " + stored.getFormat());
            }
            return new FoldProgress(stored.getFoldedThrough(), stored.getPurgedThrough(), revision);
        } catch (InvalidProtocolBufferException e) {
            throw new DamagedException("The folding progress cannot be read", e);
        }
    }
}
