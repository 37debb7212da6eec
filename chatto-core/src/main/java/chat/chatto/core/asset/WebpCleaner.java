package chat.chatto.core.asset;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * Copies what makes a WebP, animated ones too. The length of what is kept stands at its beginning, so that a picture is read twice. For one
 * picture.
 */
final class WebpCleaner {

    private static final Set<String> KEPT = Set.of("ALPH", "ANIM");
    private static final int EXIF_AND_XMP = 0x0C;
    private static final int PROFILE = 0x20;
    private static final int HEAD_BYTES = 12;

    private final Pieces pieces;
    private final long length;
    private Optional<PixelSize> size = Optional.empty();
    private boolean extended;
    private int frames;
    private long pixels;
    private long written = 4;

    /**
     * @param length what an earlier reading found
     */
    WebpCleaner(Pieces pieces, long length) {
        this.pieces = pieces;
        this.length = length;
    }

    /**
     * @param length of what is kept, as it stands at the beginning
     */
    record Cleaned(CleanImage image, long length) {}

    Cleaned clean() throws IOException {
        byte[] head = pieces.read(HEAD_BYTES);
        if (!Pieces.startsWith(head, "RIFF") || !Pieces.text(head, 8, 4).equals("WEBP")) {
            throw new UnfitImageException("It does not begin as a WebP does");
        }
        long left = Pieces.little(head, 4, 4) - 4;
        pieces.write(
                new byte[] {
                    'R',
                    'I',
                    'F',
                    'F',
                    (byte) length,
                    (byte) (length >> 8),
                    (byte) (length >> 16),
                    (byte) (length >> 24),
                    'W',
                    'E',
                    'B',
                    'P'
                });
        while (left >= 8) {
            left -= chunk();
            ImageLimits.checkFrames(frames, pixels);
        }
        if (frames == 0) {
            throw new UnfitImageException("It ends without a picture");
        }
        return new Cleaned(new CleanImage(size.orElseThrow(), CleanImage.UPRIGHT, frames), written);
    }

    /** @return how long it was */
    private long chunk() throws IOException {
        byte[] start = pieces.read(8);
        String type = Pieces.text(start, 0, 4);
        long content = Pieces.little(start, 4, 4);
        long padded = content + (content & 1);
        switch (type) {
            case "VP8X" -> whole(start, content);
            case "VP8 ", "VP8L" -> picture(type, start, content, padded);
            case "ANMF" -> frame(start, content, padded);
            case String kept when KEPT.contains(kept) -> copy(start, new byte[0], padded);
            default -> pieces.skip(padded);
        }
        return 8 + padded;
    }

    private void whole(byte[] start, long content) throws IOException {
        if (size.isPresent() || content != 10) {
            throw new UnfitImageException("One of its pieces is damaged");
        }
        byte[] canvas = pieces.read(10);
        size =
                Optional.of(
                        ImageLimits.checked(
                                Pieces.little(canvas, 4, 3) + 1, Pieces.little(canvas, 7, 3) + 1));
        extended = true;
        canvas[0] &= ~(EXIF_AND_XMP | PROFILE);
        copy(start, canvas, 0);
    }

    private void picture(String type, byte[] start, long content, long padded) throws IOException {
        if (content < 10) {
            throw new UnfitImageException("Its picture is damaged");
        }
        byte[] head = pieces.read(10);
        PixelSize picture = type.equals("VP8L") ? lossless(head) : lossy(head);
        boolean expected = extended ? picture.equals(size.orElseThrow()) : size.isEmpty();
        if (!expected || frames > 0) {
            throw new UnfitImageException("Its pictures contradict each other");
        }
        size = Optional.of(picture);
        frames++;
        pixels += picture.pixels();
        copy(start, head, padded - 10);
    }

    private static PixelSize lossless(byte[] head) throws UnfitImageException {
        if (head[0] != 0x2F) {
            throw new UnfitImageException("Its picture is damaged");
        }
        long sizes = Pieces.little(head, 1, 4);
        return ImageLimits.checked((sizes & 0x3FFF) + 1, (sizes >>> 14 & 0x3FFF) + 1);
    }

    private static PixelSize lossy(byte[] head) throws UnfitImageException {
        if (Pieces.little(head, 3, 3) != 0x2A019D) {
            throw new UnfitImageException("Its picture is damaged");
        }
        return ImageLimits.checked(
                Pieces.little(head, 6, 2) & 0x3FFF, Pieces.little(head, 8, 2) & 0x3FFF);
    }

    private void frame(byte[] start, long content, long padded) throws IOException {
        if (!extended || content < 24) {
            throw new UnfitImageException("One of its pictures is damaged");
        }
        byte[] head = pieces.read(16);
        PixelSize frame =
                ImageLimits.checked(Pieces.little(head, 6, 3) + 1, Pieces.little(head, 9, 3) + 1);
        PixelSize whole = size.orElseThrow();
        if (frame.width() > whole.width() || frame.height() > whole.height()) {
            throw new UnfitImageException("One of its pictures is larger than the whole");
        }
        frames++;
        pixels += frame.pixels();
        copy(start, head, padded - 16);
    }

    private void copy(byte[] start, byte[] head, long rest) throws IOException {
        pieces.write(start);
        pieces.write(head);
        pieces.copy(rest);
        written += 8 + head.length + rest;
    }
}
