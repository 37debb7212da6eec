package chat.chatto.core.asset;

import java.io.IOException;
import java.util.Optional;

/**
 * Copies what makes a JPEG: tables, scans and the colour profile. Of EXIF only the orientation is kept. For one picture.
 */
final class JpegCleaner {

    private static final int START = 0xD8;
    private static final int END = 0xD9;
    private static final int SCAN = 0xDA;
    private static final int FIRST_RESTART = 0xD0;
    private static final int LAST_RESTART = 0xD7;
    private static final int APP0 = 0xE0;
    private static final int APP1 = 0xE1;
    private static final int APP2 = 0xE2;
    private static final int APP14 = 0xEE;

    /** A picture of many scans takes long to decode, however small it is. */
    private static final int MOST_SCANS = 100;

    private static final int MOST_SEGMENTS = 4_096;
    private static final int JFIF_BYTES = 14;
    private static final String PROFILE = "ICC_PROFILE\0";
    private static final int MOST_PROFILE_BYTES = 1 << 20;

    private final Pieces pieces;
    private Optional<PixelSize> size = Optional.empty();
    private int orientation = CleanImage.UPRIGHT;
    private int scans;
    private int profileBytes;

    JpegCleaner(Pieces pieces) {
        this.pieces = pieces;
    }

    CleanImage clean() throws IOException {
        if (pieces.readByte() != 0xFF || pieces.readByte() != START) {
            throw new UnfitImageException("It does not begin as a JPEG does");
        }
        marker(START);
        int next = nextMarker(pieces.readByte());
        for (int segments = 0; next != END; segments++) {
            if (segments > MOST_SEGMENTS) {
                throw new UnfitImageException("It has too many pieces");
            }
            next = next == SCAN ? scan() : segment(next);
        }
        if (scans == 0) {
            throw new UnfitImageException("It ends without a picture");
        }
        marker(END);
        return new CleanImage(size.orElseThrow(), orientation, 1);
    }

    /** @return the marker after it */
    private int segment(int marker) throws IOException {
        byte[] content = content();
        switch (marker) {
            case 0xC0, 0xC1, 0xC2 -> {
                frame(content);
                write(marker, content);
            }
            case 0xC4, 0xDB, 0xDD, 0xCC -> write(marker, content);
            case APP0 -> {
                if (Pieces.startsWith(content, "JFIF\0") && content.length >= JFIF_BYTES) {
                    write(marker, withoutThumbnail(content));
                }
            }
            case APP1 -> exif(content);
            case APP2 -> {
                if (Pieces.startsWith(content, PROFILE)) {
                    profileBytes += content.length;
                    if (profileBytes <= MOST_PROFILE_BYTES) {
                        write(marker, content);
                    }
                }
            }
            case APP14 -> {
                if (Pieces.startsWith(content, "Adobe")) {
                    write(marker, content);
                }
            }
            default -> {
                if (marker < APP0) {
                    throw new UnfitImageException("It is of a kind that browsers do not show");
                }
            }
        }
        return nextMarker(pieces.readByte());
    }

    private byte[] content() throws IOException {
        int length = pieces.readByte() << 8 | pieces.readByte();
        if (length < 2) {
            throw new UnfitImageException("One of its pieces is damaged");
        }
        return pieces.read(length - 2);
    }

    private void frame(byte[] content) throws IOException {
        if (size.isPresent() || content.length < 6) {
            throw new UnfitImageException("It has no picture, or more than one");
        }
        size =
                Optional.of(
                        ImageLimits.checked(Pieces.big(content, 3, 2), Pieces.big(content, 1, 2)));
    }

    private static byte[] withoutThumbnail(byte[] jfif) {
        byte[] bare = new byte[JFIF_BYTES];
        System.arraycopy(jfif, 0, bare, 0, JFIF_BYTES - 2);
        return bare;
    }

    private void exif(byte[] content) throws IOException {
        int found = ExifOrientation.read(content);
        if (found != CleanImage.UPRIGHT && orientation == CleanImage.UPRIGHT) {
            orientation = found;
            write(APP1, ExifOrientation.write(found));
        }
    }

    /** Copies coded data up to the next marker. @return that marker */
    private int scan() throws IOException {
        if (size.isEmpty() || ++scans > MOST_SCANS) {
            throw new UnfitImageException("It has a scan too many");
        }
        write(SCAN, content());
        while (true) {
            int value = pieces.readByte();
            if (value != 0xFF) {
                pieces.writeByte(value);
                continue;
            }
            int marker = nextMarker(value);
            if (marker != 0 && (marker < FIRST_RESTART || marker > LAST_RESTART)) {
                return marker;
            }
            marker(marker);
        }
    }

    /** A marker may be preceded by any number of fill bytes. */
    private int nextMarker(int first) throws IOException {
        if (first != 0xFF) {
            throw new UnfitImageException("One of its pieces is damaged");
        }
        int marker = pieces.readByte();
        while (marker == 0xFF) {
            marker = pieces.readByte();
        }
        return marker;
    }

    private void marker(int marker) throws IOException {
        pieces.writeByte(0xFF);
        pieces.writeByte(marker);
    }

    private void write(int marker, byte[] content) throws IOException {
        marker(marker);
        pieces.writeByte((content.length + 2) >> 8);
        pieces.writeByte((content.length + 2) & 0xFF);
        pieces.write(content);
    }
}
