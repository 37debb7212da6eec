package chat.chatto.bench.http;

import java.nio.ByteBuffer;

/** Looks into received text without decoding it. */
public final class Bytes {

    private Bytes() {}

    /** The absolute index of the first occurrence between position and limit, or -1. Leaves the buffer as it was. */
    public static int indexOf(ByteBuffer text, byte[] wanted) {
        int last = text.limit() - wanted.length;
        for (int start = text.position(); start <= last; start++) {
            int matched = 0;
            while (matched < wanted.length && text.get(start + matched) == wanted[matched]) {
                matched++;
            }
            if (matched == wanted.length) {
                return start;
            }
        }
        return -1;
    }

    /** The decimal number that starts at an absolute index; -1 when there is none. */
    public static int numberAt(ByteBuffer text, int index) {
        int number = -1;
        for (int at = index;
                at < text.limit() && text.get(at) >= '0' && text.get(at) <= '9';
                at++) {
            number = Math.max(number, 0) * 10 + (text.get(at) - '0');
        }
        return number;
    }
}
