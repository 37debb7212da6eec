package chat.chatto.core.asset;

import java.io.IOException;

/** Copies what makes a GIF: its pictures, how long each is shown and how often all are. For one picture. */
final class GifCleaner {

    private static final int EXTENSION = 0x21;
    private static final int PICTURE = 0x2C;
    private static final int END = 0x3B;
    private static final int CONTROL = 0xF9;
    private static final int APPLICATION = 0xFF;
    private static final int HEAD_BYTES = 13;

    private final Pieces pieces;
    private int frames;
    private long pixels;

    GifCleaner(Pieces pieces) {
        this.pieces = pieces;
    }

    CleanImage clean() throws IOException {
        byte[] head = pieces.read(HEAD_BYTES);
        PixelSize size = ImageLimits.checked(Pieces.little(head, 6, 2), Pieces.little(head, 8, 2));
        pieces.write(head);
        copyPalette(head[10]);
        int block = pieces.readByte();
        while (block != END) {
            switch (block) {
                case EXTENSION -> extension();
                case PICTURE -> picture(size);
                default -> throw new UnfitImageException("One of its pieces is none of a GIF");
            }
            ImageLimits.checkFrames(frames, pixels);
            block = pieces.readByte();
        }
        if (frames == 0) {
            throw new UnfitImageException("It ends without a picture");
        }
        pieces.writeByte(END);
        return new CleanImage(size, CleanImage.UPRIGHT, frames);
    }

    private void extension() throws IOException {
        int label = pieces.readByte();
        int length = pieces.readByte();
        byte[] first = pieces.read(length);
        boolean repeats =
                label == APPLICATION
                        && (Pieces.startsWith(first, "NETSCAPE2.0")
                                || Pieces.startsWith(first, "ANIMEXTS1.0"));
        boolean kept = (label == CONTROL && length == 4) || repeats;
        if (kept) {
            pieces.writeByte(EXTENSION);
            pieces.writeByte(label);
            pieces.writeByte(length);
            pieces.write(first);
        }
        if (length > 0) {
            blocks(kept);
        }
    }

    private void picture(PixelSize size) throws IOException {
        byte[] place = pieces.read(9);
        PixelSize frame =
                ImageLimits.checked(Pieces.little(place, 4, 2), Pieces.little(place, 6, 2));
        if (Pieces.little(place, 0, 2) + frame.width() > size.width()
                || Pieces.little(place, 2, 2) + frame.height() > size.height()) {
            throw new UnfitImageException("One of its pictures is larger than the whole");
        }
        frames++;
        pixels += frame.pixels();
        pieces.writeByte(PICTURE);
        pieces.write(place);
        copyPalette(place[8]);
        pieces.copy(1);
        blocks(true);
    }

    private void copyPalette(byte flags) throws IOException {
        if ((flags & 0x80) != 0) {
            pieces.copy(3L << ((flags & 7) + 1));
        }
    }

    /** Blocks up to an empty one. */
    private void blocks(boolean kept) throws IOException {
        int length = pieces.readByte();
        while (length > 0) {
            if (kept) {
                pieces.writeByte(length);
                pieces.copy(length);
            } else {
                pieces.skip(length);
            }
            length = pieces.readByte();
        }
        if (kept) {
            pieces.writeByte(0);
        }
    }
}
