package chat.chatto.core.asset;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Reads a file of pieces, and writes those that are kept. For one thread. */
final class Pieces {

    private static final int BUFFER = 16 * 1024;

    private final InputStream in;
    private final OutputStream out;
    private final byte[] buffer = new byte[BUFFER];

    Pieces(InputStream in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    int readByte() throws IOException {
        int value = in.read();
        if (value < 0) {
            throw cutOff();
        }
        return value;
    }

    byte[] read(int length) throws IOException {
        byte[] piece = in.readNBytes(length);
        if (piece.length < length) {
            throw cutOff();
        }
        return piece;
    }

    void skip(long length) throws IOException {
        long left = length;
        while (left > 0) {
            int count = in.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (count < 0) {
                throw cutOff();
            }
            left -= count;
        }
    }

    void copy(long length) throws IOException {
        copy(length, new CRC32());
    }

    /** Copies so many bytes, which are also added to a checksum. */
    void copy(long length, CRC32 checksum) throws IOException {
        long left = length;
        while (left > 0) {
            int count = in.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (count < 0) {
                throw cutOff();
            }
            checksum.update(buffer, 0, count);
            out.write(buffer, 0, count);
            left -= count;
        }
    }

    void write(byte[] piece) throws IOException {
        out.write(piece);
    }

    void writeByte(int value) throws IOException {
        out.write(value);
    }

    static String text(byte[] piece, int at, int length) {
        return new String(piece, at, length, StandardCharsets.ISO_8859_1);
    }

    static boolean startsWith(byte[] piece, String text) {
        return piece.length >= text.length() && text(piece, 0, text.length()).equals(text);
    }

    /** A number with its most significant byte first. */
    static long big(byte[] piece, int at, int bytes) {
        long number = 0;
        for (int i = 0; i < bytes; i++) {
            number = number << 8 | (piece[at + i] & 0xFF);
        }
        return number;
    }

    /** A number with its least significant byte first. */
    static long little(byte[] piece, int at, int bytes) {
        long number = 0;
        for (int i = bytes - 1; i >= 0; i--) {
            number = number << 8 | (piece[at + i] & 0xFF);
        }
        return number;
    }

    private static UnfitImageException cutOff() {
        return new UnfitImageException("It ends too soon");
    }
}
