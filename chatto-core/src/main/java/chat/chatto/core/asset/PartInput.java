package chat.chatto.core.asset;

import chat.chatto.core.account.UserId;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** Reads a form of a file from its beginning, part after part. For one thread. */
final class PartInput extends InputStream {

    private final FileParts parts;
    private final UserId owner;
    private final AssetId file;
    private final Content content;
    private byte[] part = {};
    private int offset;
    private long next;

    PartInput(FileParts parts, UserId owner, AssetId file, Content content) {
        this.parts = parts;
        this.owner = owner;
        this.file = file;
        this.content = content;
    }

    @Override
    public int read() throws IOException {
        return ready() ? part[offset++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int at, int length) throws IOException {
        Objects.checkFromIndexSize(at, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (!ready()) {
            return -1;
        }
        int count = Math.min(length, part.length - offset);
        System.arraycopy(part, offset, target, at, count);
        offset += count;
        return count;
    }

    private boolean ready() {
        if (offset < part.length) {
            return true;
        }
        if (next >= content.parts()) {
            return false;
        }
        part = parts.read(owner, file, content, next++);
        offset = 0;
        return part.length > 0;
    }
}
