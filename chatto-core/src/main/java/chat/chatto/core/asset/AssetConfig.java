package chat.chatto.core.asset;

import java.util.Optional;

/**
 * What an operator decides about files.
 *
 * @param uploadBytes how large any file may be
 * @param videoBytes how large a video may be, by its bytes
 * @param linkSecret signs links to files; empty for one that follows from the secret that protects everything
 */
public record AssetConfig(long uploadBytes, long videoBytes, Optional<String> linkSecret) {

    /** What holds where the operator says nothing. */
    public static AssetConfig defaults() {
        return new AssetConfig(25L << 20, 100L << 20, Optional.empty());
    }

    public AssetConfig {
        if (uploadBytes < 1 || videoBytes < 1) {
            throw new IllegalArgumentException("A file may have at least one byte");
        }
    }

    /** What no file exceeds. */
    public long largest() {
        return Math.max(uploadBytes, videoBytes);
    }

    long limit(AttachmentKind kind) {
        return kind == AttachmentKind.VIDEO ? largest() : uploadBytes;
    }

    /** Leaves the secret out. */
    @Override
    public String toString() {
        return "AssetConfig[" + uploadBytes + ", " + videoBytes + ']';
    }
}
