package chat.chatto.storage.jetstream;

import chat.chatto.storage.StorageException;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Reads an object's chunks a few at a time. Checks the digest at the end if it began at the beginning. For one thread. */
final class ObjectInput extends InputStream {

    private static final int CHUNKS_AHEAD = 8;

    private final StreamReader reader;
    private final String subject;
    private final StoredObject object;
    private final boolean whole;
    private final MessageDigest digest = StoredObject.newDigest();
    private final Deque<Stored> ahead = new ArrayDeque<>();
    private byte[] chunk = {};
    private int offsetInChunk;
    private long nextChunk;
    private long nextSequence;
    private int skip;

    ObjectInput(StreamReader reader, String subject, StoredObject object, long offset) {
        this.reader = reader;
        this.subject = subject;
        this.object = object;
        this.whole = offset == 0;
        this.nextChunk = offset / object.chunkSize();
        this.skip = (int) (offset % object.chunkSize());
        this.nextSequence = object.firstChunk();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        while (offsetInChunk == chunk.length) {
            if (nextChunk >= object.chunks()) {
                return -1;
            }
            loadChunk();
        }
        int count = Math.min(length, chunk.length - offsetInChunk);
        System.arraycopy(chunk, offsetInChunk, target, offset, count);
        offsetInChunk += count;
        return count;
    }

    private void loadChunk() throws IOException {
        if (ahead.isEmpty()) {
            try {
                loadAhead();
            } catch (StorageException e) {
                throw new IOException("Cannot read the object " + object.name(), e);
            }
        }
        Stored next = ahead.poll();
        if (next == null || number(next) != nextChunk) {
            throw new IOException(
                    "The object " + object.name() + " was replaced or removed while it was read");
        }
        chunk = next.data();
        offsetInChunk = Math.min(skip, chunk.length);
        skip = 0;
        nextChunk++;
        if (whole) {
            verify();
        }
    }

    private void loadAhead() {
        if (nextSequence == object.firstChunk() && nextChunk > 0) {
            seek();
        }
        List<Stored> loaded = reader.range(subject, nextSequence, object.lastChunk(), CHUNKS_AHEAD);
        ahead.addAll(loaded);
        if (!loaded.isEmpty()) {
            nextSequence = loaded.getLast().sequence() + 1;
        }
    }

    /**
     * Finds the first chunk to read. Between two chunks of an object there may be chunks of others, so a chunk is at least as far from
     * the first one as its number says: every look lands on it or before it, and the next look begins from there.
     */
    private void seek() {
        long known = 0;
        while (known < nextChunk) {
            nextSequence += nextChunk - known;
            Optional<Stored> found = reader.nextOnLeader(subject, nextSequence);
            if (found.isEmpty()) {
                return;
            }
            nextSequence = found.get().sequence();
            known = number(found.get());
        }
    }

    private static long number(Stored chunk) {
        String number =
                chunk.headers() == null
                        ? null
                        : chunk.headers().getFirst(StoredObject.CHUNK_NUMBER);
        return number == null ? -1 : Long.parseLong(number);
    }

    private void verify() throws IOException {
        digest.update(chunk);
        if (nextChunk == object.chunks() && !StoredObject.format(digest).equals(object.digest())) {
            throw new IOException(
                    "The object "
                            + object.name()
                            + " is damaged: its digest is not "
                            + object.digest());
        }
    }
}
