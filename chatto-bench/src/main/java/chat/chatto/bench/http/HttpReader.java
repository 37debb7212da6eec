package chat.chatto.bench.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Reads HTTP/1.1 answers off one connection, one after the other. Not thread-safe. */
final class HttpReader {

    private static final int BUFFER_BYTES = 16 * 1024;
    private static final int MAX_LINE_BYTES = 8 * 1024;
    private static final int MAX_BODY_BYTES = 16 * 1024 * 1024;

    private final InputStream input;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final byte[] line = new byte[MAX_LINE_BYTES];
    private int position;
    private int limit;
    private boolean closing;

    HttpReader(InputStream input) {
        this.input = input;
    }

    /** True when the server said, with the last answer, that it closes the connection. */
    boolean closing() {
        return closing;
    }

    HttpReply read() throws IOException {
        int status = status(line());
        int length = 0;
        boolean chunked = false;
        closing = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            int colon = header.indexOf(':');
            if (colon < 0) {
                throw new IOException("not a header: " + header);
            }
            String value = header.substring(colon + 1).strip();
            switch (header.substring(0, colon).toLowerCase(Locale.ROOT)) {
                case "content-length" -> length = bounded(Long.parseLong(value));
                case "transfer-encoding" -> chunked = value.equalsIgnoreCase("chunked");
                case "connection" -> closing = value.equalsIgnoreCase("close");
                default -> {}
            }
        }
        return new HttpReply(status, chunked ? chunks() : exactly(length));
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            int size = bounded(Long.parseLong(line().split(";", 2)[0].strip(), 16));
            if (size == 0) {
                while (!line().isEmpty()) {
                    // Trailers carry nothing that a driver needs.
                }
                return body.toByteArray();
            }
            body.writeBytes(exactly(size));
            bounded((long) body.size());
            line();
        }
    }

    private byte[] exactly(int length) throws IOException {
        byte[] body = new byte[length];
        int filled = 0;
        while (filled < length) {
            if (position == limit) {
                fill();
            }
            int part = Math.min(length - filled, limit - position);
            System.arraycopy(buffer, position, body, filled, part);
            position += part;
            filled += part;
        }
        return body;
    }

    private String line() throws IOException {
        int length = 0;
        while (true) {
            if (position == limit) {
                fill();
            }
            byte next = buffer[position++];
            if (next == '\n') {
                int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
                return new String(line, 0, end, StandardCharsets.ISO_8859_1);
            }
            if (length == MAX_LINE_BYTES) {
                throw new IOException("a header line is longer than " + MAX_LINE_BYTES + " bytes");
            }
            line[length++] = next;
        }
    }

    private void fill() throws IOException {
        int read = input.read(buffer);
        if (read < 0) {
            throw new EOFException("the server closed the connection");
        }
        position = 0;
        limit = read;
    }

    private static int status(String line) throws IOException {
        if (!line.startsWith("HTTP/1.1 ") || line.length() < 12) {
            throw new IOException("not an HTTP/1.1 answer: " + line);
        }
        return Integer.parseInt(line.substring(9, 12));
    }

    private static int bounded(long length) throws IOException {
        if (length < 0 || length > MAX_BODY_BYTES) {
            throw new IOException(
                    "a body of " + length + " bytes is not one that this driver reads");
        }
        return (int) length;
    }
}
