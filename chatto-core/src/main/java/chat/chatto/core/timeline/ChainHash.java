package chat.chatto.core.timeline;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A place in a room's hash chain: SHA-256 over the stored bytes of a commit, which begin with the hash before it. Equal hashes
 * mean equal histories. Empty for a room without commits.
 */
final class ChainHash {

    static final ChainHash START = new ChainHash(new byte[0]);

    private final byte[] bytes;

    private ChainHash(byte[] bytes) {
        this.bytes = bytes;
    }

    static ChainHash of(byte[] stored) {
        return stored.length == 0 ? START : new ChainHash(stored.clone());
    }

    /** The chain's next place, after a commit whose stored form contains the place before it. */
    static ChainHash after(byte[] storedCommit) {
        try {
            return new ChainHash(MessageDigest.getInstance("SHA-256").digest(storedCommit));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    byte[] toBytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ChainHash hash && Arrays.equals(bytes, hash.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
