package chat.chatto.core.timeline;

import chat.chatto.core.stored.v1.StoredReaderProgress;
import chat.chatto.storage.ConflictException;
import chat.chatto.storage.KeyValueStore;

import com.google.protobuf.InvalidProtocolBufferException;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * How far a lasting reader of a shard's log has come: commits after that stay in the log.
 *
 * @param through every commit up to this sequence was dealt with
 */
record ReaderProgress(long through, long revision) {

    private static final String KEY = "reader.notifications";
    private static final int FORMAT = 1;

    /** Empty when nobody reads the log but the folder. */
    static Optional<ReaderProgress> read(KeyValueStore documents) {
        return documents.get(KEY).map(entry -> decode(entry.value(), entry.revision()));
    }

    /** What may be purged as far as the reader is concerned; empty for all. */
    static OptionalLong purgeable(KeyValueStore documents) {
        Optional<ReaderProgress> progress = read(documents);
        return progress.isPresent()
                ? OptionalLong.of(progress.get().through())
                : OptionalLong.empty();
    }

    /** Begins after a commit, unless there is progress already. */
    static void begin(KeyValueStore documents, long through) {
        if (read(documents).isPresent()) {
            return;
        }
        try {
            documents.create(KEY, encode(through));
        } catch (ConflictException _) {
            // Another server was first.
        }
    }

    /** Moves on; one that is further on stays. */
    static void advance(KeyValueStore documents, long through) {
        while (true) {
            Optional<ReaderProgress> known = read(documents);
            if (known.isPresent() && known.get().through() >= through) {
                return;
            }
            try {
                if (known.isEmpty()) {
                    documents.create(KEY, encode(through));
                } else {
                    documents.update(KEY, encode(through), known.get().revision());
                }
                return;
            } catch (ConflictException _) {
                // A reader that does not know yet that it was replaced: look again.
            }
        }
    }

    private static byte[] encode(long through) {
        return StoredReaderProgress.newBuilder()
                .setFormat(FORMAT)
                .setThrough(through)
                .build()
                .toByteArray();
    }

    private static ReaderProgress decode(byte[] content, long revision) {
        try {
            StoredReaderProgress stored = StoredReaderProgress.parseFrom(content);
            if (stored.getFormat() != FORMAT) {
                throw new DamagedException(
                        "A reader's progress has the unknown format " + stored.getFormat());
            }
            return new ReaderProgress(stored.getThrough(), revision);
        } catch (InvalidProtocolBufferException e) {
            throw new DamagedException("A reader's progress cannot be read", e);
        }
    }
}
