package chat.chatto.core.asset;

import chat.chatto.core.account.UserId;

import java.nio.ByteBuffer;

/** A form of a file to be read from any place. For one thread. */
public final class FileContent {

    private final FileParts parts;
    private final UserId owner;
    private final AssetId file;
    private final Content content;

    FileContent(FileParts parts, UserId owner, AssetId file, Content content) {
        this.parts = parts;
        this.owner = owner;
        this.file = file;
        this.content = content;
    }

    /** How many bytes there are in all. */
    public long size() {
        return content.size();
    }

    /**
     * Some bytes from an offset on: to the end of the part that it falls into. Only this part is read and opened.
     *
     * @param offset 0 to less than {@link #size}
     * @return at least one byte and at most {@value Content#PART_BYTES}
     * @throws chat.chatto.core.ChattoException NOT_FOUND when the file was removed, UNAVAILABLE
     */
    public ByteBuffer read(long offset) {
        byte[] part = parts.read(owner, file, content, offset / Content.PART_BYTES);
        int skipped = (int) (offset % Content.PART_BYTES);
        return ByteBuffer.wrap(part, skipped, part.length - skipped);
    }
}
