package chat.chatto.core.asset;

import java.io.IOException;
import java.util.Set;
import java.util.zip.CRC32;

/** Copies what makes a PNG, animated ones too; every piece's checksum must be right. For one picture. */
final class PngCleaner {

    private static final Set<String> KEPT =
            Set.of(
                    "PLTE", "tRNS", "IDAT", "gAMA", "cHRM", "sRGB", "sBIT", "bKGD", "pHYs", "acTL",
                    "fcTL", "fdAT");
    private static final int SIGNATURE_BYTES = 8;
    private static final int HEAD_BYTES = 13;
    private static final int FRAME_CONTROL_BYTES = 26;
    private static final int CHECKSUM_BYTES = 4;

    private final Pieces pieces;
    private int frames;
    private long pixels;
    private boolean hasData;

    PngCleaner(Pieces pieces) {
        this.pieces = pieces;
    }

    CleanImage clean() throws IOException {
        pieces.write(pieces.read(SIGNATURE_BYTES));
        byte[] start = pieces.read(8);
        if (!Pieces.text(start, 4, 4).equals("IHDR") || Pieces.big(start, 0, 4) != HEAD_BYTES) {
            throw new UnfitImageException("It does not begin as a PNG does");
        }
        byte[] head = small(start, HEAD_BYTES);
        PixelSize size = ImageLimits.checked(Pieces.big(head, 0, 4), Pieces.big(head, 4, 4));
        while (chunk(size)) {
            ImageLimits.checkFrames(frames, pixels);
        }
        return new CleanImage(size, CleanImage.UPRIGHT, Math.max(1, frames));
    }

    /** @return whether more follow */
    private boolean chunk(PixelSize size) throws IOException {
        byte[] start = pieces.read(8);
        long length = Pieces.big(start, 0, 4);
        String type = Pieces.text(start, 4, 4);
        if (length > Integer.MAX_VALUE || !type.chars().allMatch(PngCleaner::isLetter)) {
            throw new UnfitImageException("One of its pieces is none of a PNG");
        }
        switch (type) {
            case "IEND" -> {
                if (length != 0 || !hasData) {
                    throw new UnfitImageException("It ends without a picture");
                }
                small(start, 0);
                return false;
            }
            case "fcTL" -> frame(start, length, size);
            case String kept when KEPT.contains(kept) -> {
                hasData |= kept.equals("IDAT");
                large(start, length);
            }
            default -> {
                if (Character.isUpperCase(type.charAt(0))) {
                    throw new UnfitImageException("It needs a piece that nobody knows: " + type);
                }
                pieces.skip(length + CHECKSUM_BYTES);
            }
        }
        return true;
    }

    private void frame(byte[] start, long length, PixelSize size) throws IOException {
        if (length != FRAME_CONTROL_BYTES) {
            throw new UnfitImageException("One of its pictures is damaged");
        }
        byte[] control = small(start, FRAME_CONTROL_BYTES);
        PixelSize frame = ImageLimits.checked(Pieces.big(control, 4, 4), Pieces.big(control, 8, 4));
        if (frame.width() > size.width() || frame.height() > size.height()) {
            throw new UnfitImageException("One of its pictures is larger than the whole");
        }
        frames++;
        pixels += frame.pixels();
    }

    private byte[] small(byte[] start, int length) throws IOException {
        byte[] content = pieces.read(length);
        var checksum = new CRC32();
        checksum.update(start, 4, 4);
        checksum.update(content);
        pieces.write(start);
        pieces.write(content);
        finish(checksum);
        return content;
    }

    private void large(byte[] start, long length) throws IOException {
        var checksum = new CRC32();
        checksum.update(start, 4, 4);
        pieces.write(start);
        pieces.copy(length, checksum);
        finish(checksum);
    }

    private void finish(CRC32 checksum) throws IOException {
        byte[] stored = pieces.read(CHECKSUM_BYTES);
        if (Pieces.big(stored, 0, 4) != checksum.getValue()) {
            throw new UnfitImageException("One of its pieces is damaged");
        }
        pieces.write(stored);
    }

    private static boolean isLetter(int c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }
}
