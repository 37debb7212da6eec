package chat.chatto.core.asset;

import chat.chatto.core.account.UserId;

import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;

/** Writes a form of a file, part after part. It is complete when it was closed. For one thread. */
final class PartOutput extends OutputStream {

    private final FileParts parts;
    private final UserId owner;
    private final AssetId file;
    private final Form form;
    private final byte[] part = new byte[Content.PART_BYTES];
    private int filled;
    private long written;
    private boolean closed;

    PartOutput(FileParts parts, UserId owner, AssetId file, Form form) {
        this.parts = parts;
        this.owner = owner;
        this.file = file;
        this.form = form;
    }

    /** What was written. */
    Content content() {
        return new Content(form, written * Content.PART_BYTES + filled);
    }

    @Override
    public void write(int value) {
        makeRoom();
        part[filled++] = (byte) value;
    }

    @Override
    public void write(byte[] source, int at, int length) {
        Objects.checkFromIndexSize(at, length, source.length);
        int left = length;
        while (left > 0) {
            makeRoom();
            int count = Math.min(left, part.length - filled);
            System.arraycopy(source, at + length - left, part, filled, count);
            filled += count;
            left -= count;
        }
    }

    /** A full part is kept until it is known whether it is the last one. */
    private void makeRoom() {
        if (filled == part.length) {
            parts.write(owner, file, form, written, false, part);
            written++;
            filled = 0;
        }
    }

    @Override
    public void close() {
        if (!closed && filled > 0) {
            closed = true;
            parts.write(owner, file, form, written, true, Arrays.copyOf(part, filled));
        }
    }
}
