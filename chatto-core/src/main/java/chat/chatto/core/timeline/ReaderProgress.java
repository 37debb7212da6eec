package chat.chatto.core.timeline;

import chat.chatto.core.stored.v1.StoredReaderProgress;
import chat.chatto.storage.ConflictException;
import chat.chatto.storage.KeyValueStore;

import com.google.protobuf.InvalidProtocolBufferException;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How far a lasting reader of a shard's log has come: commits after that stay in the log.
 *
 * @param through every commit up to this sequence was dealt with
 */
record ReaderProgress(long through, long revision) {

    private static final int FORMAT = 1;

    /** Who reads. */
    enum Reader {
        NOTIFICATIONS("reader.notifications"),
        FILES("reader.files");

        private final String key;

        Reader(String key) {
            this.key = key;
        }
    }

    /** Empty when nobody has begun to read. */
    static Optional<ReaderProgress> read(KeyValueStore documents, Reader reader) {
        return documents.get(reader.key).map(entry -> decode(entry.value(), entry.revision()));
    }

    /** What may be purged as far as the readers are concerned; empty for all. */
    static OptionalLong purgeable(KeyValueStore documents) {
        return Arrays.stream(Reader.values())
                .flatMap(reader -> read(documents, reader).stream())
                .mapToLong(ReaderProgress::through)
                .min();
    }

    /** Begins after a commit, unless there is progress already. */
    static void begin(KeyValueStore documents, Reader reader, long through) {
        if (read(documents, reader).isPresent()) {
            return;
        }
        try {
            documents.create(reader.key, encode(through));
        } catch (ConflictException _) {
            // Another server was first.
        }
    }

    /** Moves on; one that is further on stays. */
    static void advance(KeyValueStore documents, Reader reader, long through) {
        while (true) {
            Optional<ReaderProgress> known = read(documents, reader);
            if (known.isPresent() && known.get().through() >= through) {
                return;
            }
            try {
                if (known.isEmpty()) {
                    documents.create(reader.key, encode(through));
                } else {
                    documents.update(reader.key, encode(through), known.get().revision());
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
