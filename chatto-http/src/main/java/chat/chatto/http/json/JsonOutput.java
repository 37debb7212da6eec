package chat.chatto.http.json;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Writes one JSON document straight into a growing array of UTF-8 bytes: a page of messages is written two thousand times a second, so
 * there is no tree, no reflection and no text in between. It puts the commas; that every object is ended is up to the caller. Not safe for
 * use by several threads.
 */
public final class JsonOutput {

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
    private static final byte REPLACEMENT = '?';

    /** The most bytes one char can become: a control character as an escape. */
    private static final int BYTES_PER_CHAR = 6;

    private static final int LONG_DIGITS = 20;

    private byte[] bytes;
    private int length;
    private boolean commaDue;

    public JsonOutput() {
        this(512);
    }

    /** @param expected how many bytes the document is likely to take */
    public JsonOutput(int expected) {
        bytes = new byte[expected];
    }

    public JsonOutput beginObject() {
        return begin('{');
    }

    public JsonOutput endObject() {
        return end('}');
    }

    public JsonOutput beginArray() {
        return begin('[');
    }

    public JsonOutput endArray() {
        return end(']');
    }

    public JsonOutput name(Name name) {
        comma();
        commaDue = false;
        append(name.encoded);
        return this;
    }

    public JsonOutput value(String value) {
        comma();
        reserve(value.length() + 2);
        bytes[length++] = '"';
        int i = 0;
        for (; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c >= 0x80 || c < ' ' || c == '"' || c == '\\') {
                break;
            }
            bytes[length++] = (byte) c;
        }
        if (i < value.length()) {
            appendUnsafe(value, i);
        }
        reserve(1);
        bytes[length++] = '"';
        return this;
    }

    public JsonOutput value(long value) {
        comma();
        appendDigits(value);
        return this;
    }

    public JsonOutput value(boolean value) {
        comma();
        append(value ? TRUE : FALSE);
        return this;
    }

    /** Writes a time as RFC 3339 in UTC with milliseconds. */
    public JsonOutput value(Instant value) {
        comma();
        LocalDateTime time =
                LocalDateTime.ofEpochSecond(
                        value.getEpochSecond(), value.getNano(), ZoneOffset.UTC);
        reserve(26);
        bytes[length++] = '"';
        appendPadded(time.getYear(), 1000, '-');
        appendPadded(time.getMonthValue(), 10, '-');
        appendPadded(time.getDayOfMonth(), 10, 'T');
        appendPadded(time.getHour(), 10, ':');
        appendPadded(time.getMinute(), 10, ':');
        appendPadded(time.getSecond(), 10, '.');
        appendPadded(time.getNano() / 1_000_000, 100, 'Z');
        bytes[length++] = '"';
        return this;
    }

    public JsonOutput field(Name name, String value) {
        return name(name).value(value);
    }

    public JsonOutput field(Name name, long value) {
        return name(name).value(value);
    }

    public JsonOutput field(Name name, boolean value) {
        return name(name).value(value);
    }

    public JsonOutput field(Name name, Instant value) {
        return name(name).value(value);
    }

    /** Leaves the member out when there is no value. */
    public JsonOutput optional(Name name, Optional<String> value) {
        if (value.isPresent()) {
            name(name).value(value.get());
        }
        return this;
    }

    /** Leaves the member out when there is no value. */
    public JsonOutput optional(Name name, OptionalLong value) {
        if (value.isPresent()) {
            name(name).value(value.getAsLong());
        }
        return this;
    }

    /** Leaves the member out when there is no value. */
    public JsonOutput optionalTime(Name name, Optional<Instant> value) {
        if (value.isPresent()) {
            name(name).value(value.get());
        }
        return this;
    }

    /** How many bytes were written. */
    public int length() {
        return length;
    }

    /** What was written, without a copy: the output must not be used afterwards. */
    public ByteBuffer buffer() {
        return ByteBuffer.wrap(bytes, 0, length);
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private JsonOutput begin(char bracket) {
        comma();
        commaDue = false;
        reserve(1);
        bytes[length++] = (byte) bracket;
        return this;
    }

    private JsonOutput end(char bracket) {
        reserve(1);
        bytes[length++] = (byte) bracket;
        commaDue = true;
        return this;
    }

    /** Separates a value or name from what precedes it in the same object or array. */
    private void comma() {
        if (commaDue) {
            reserve(1);
            bytes[length++] = ',';
        }
        commaDue = true;
    }

    private void appendUnsafe(String value, int from) {
        reserve((value.length() - from) * BYTES_PER_CHAR);
        for (int i = from; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < 0x80) {
                appendAscii(c);
            } else if (c < 0x800) {
                bytes[length++] = (byte) (0xc0 | (c >> 6));
                bytes[length++] = (byte) (0x80 | (c & 0x3f));
            } else if (!Character.isSurrogate(c)) {
                bytes[length++] = (byte) (0xe0 | (c >> 12));
                bytes[length++] = (byte) (0x80 | ((c >> 6) & 0x3f));
                bytes[length++] = (byte) (0x80 | (c & 0x3f));
            } else if (i + 1 < value.length()
                    && Character.isSurrogatePair(c, value.charAt(i + 1))) {
                int point = Character.toCodePoint(c, value.charAt(++i));
                bytes[length++] = (byte) (0xf0 | (point >> 18));
                bytes[length++] = (byte) (0x80 | ((point >> 12) & 0x3f));
                bytes[length++] = (byte) (0x80 | ((point >> 6) & 0x3f));
                bytes[length++] = (byte) (0x80 | (point & 0x3f));
            } else {
                bytes[length++] = REPLACEMENT;
            }
        }
    }

    private void appendAscii(char c) {
        switch (c) {
            case '"', '\\' -> {
                bytes[length++] = '\\';
                bytes[length++] = (byte) c;
            }
            case '\n' -> {
                bytes[length++] = '\\';
                bytes[length++] = 'n';
            }
            default -> {
                if (c >= ' ') {
                    bytes[length++] = (byte) c;
                } else {
                    bytes[length++] = '\\';
                    bytes[length++] = 'u';
                    bytes[length++] = '0';
                    bytes[length++] = '0';
                    bytes[length++] = HEX[c >> 4];
                    bytes[length++] = HEX[c & 15];
                }
            }
        }
    }

    private void appendDigits(long value) {
        reserve(LONG_DIGITS);
        if (value < 0) {
            append(Long.toString(value).getBytes(StandardCharsets.US_ASCII));
            return;
        }
        int end = length;
        for (long rest = value; rest >= 10; rest /= 10) {
            end++;
        }
        length = end + 1;
        for (long rest = value; ; rest /= 10) {
            bytes[end--] = (byte) ('0' + rest % 10);
            if (rest < 10) {
                return;
            }
        }
    }

    private void appendPadded(int value, int magnitude, char after) {
        for (int unit = magnitude; unit > 0; unit /= 10) {
            bytes[length++] = (byte) ('0' + value / unit % 10);
        }
        bytes[length++] = (byte) after;
    }

    private void append(byte[] more) {
        reserve(more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
