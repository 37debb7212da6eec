package chat.chatto.core.server;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;

/** Reads what is stored. */
public final class Records {

    /** The format version that this code writes. */
    public static final int FORMAT = 1;

    private Records() {}

    /**
     * @throws IllegalStateException when the bytes are no such record: somebody else writes into this store
     */
    public static <T> T parse(Parser<T> parser, byte[] value) {
        try {
            return parser.parseFrom(value);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("A stored record cannot be read", e);
        }
    }
}
