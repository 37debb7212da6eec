package chat.chatto.core.asset;

/** How a camera was held, in the form in which EXIF says it. Stateless. */
final class ExifOrientation {

    private static final String HEAD = "Exif\0\0";
    private static final int TIFF = HEAD.length();
    private static final int TAG = 0x0112;
    private static final int SHORT = 3;
    private static final int ENTRY_BYTES = 12;
    private static final int LARGEST = 8;

    private ExifOrientation() {}

    /** 1 to 8; 1 when it is not said, or not understood. */
    static int read(byte[] segment) {
        if (!Pieces.startsWith(segment, HEAD) || segment.length < TIFF + 8) {
            return CleanImage.UPRIGHT;
        }
        boolean little = segment[TIFF] == 'I';
        long directory = TIFF + number(segment, TIFF + 4, 4, little);
        if (directory + 2 > segment.length) {
            return CleanImage.UPRIGHT;
        }
        long entries = number(segment, (int) directory, 2, little);
        for (long i = 0; i < entries; i++) {
            long at = directory + 2 + i * ENTRY_BYTES;
            if (at + ENTRY_BYTES > segment.length) {
                break;
            }
            if (number(segment, (int) at, 2, little) == TAG) {
                long value = number(segment, (int) at + 8, 2, little);
                return value >= 1 && value <= LARGEST ? (int) value : CleanImage.UPRIGHT;
            }
        }
        return CleanImage.UPRIGHT;
    }

    /** A segment that says this and nothing else. */
    static byte[] write(int orientation) {
        byte[] segment = new byte[TIFF + 8 + 2 + ENTRY_BYTES + 4];
        for (int i = 0; i < TIFF; i++) {
            segment[i] = (byte) HEAD.charAt(i);
        }
        segment[TIFF] = 'M';
        segment[TIFF + 1] = 'M';
        segment[TIFF + 3] = 42;
        segment[TIFF + 7] = 8;
        segment[TIFF + 9] = 1; // one entry
        segment[TIFF + 10] = (byte) (TAG >> 8);
        segment[TIFF + 11] = (byte) TAG;
        segment[TIFF + 13] = SHORT;
        segment[TIFF + 17] = 1; // one value
        segment[TIFF + 19] = (byte) orientation;
        return segment;
    }

    private static long number(byte[] segment, int at, int bytes, boolean little) {
        return little ? Pieces.little(segment, at, bytes) : Pieces.big(segment, at, bytes);
    }
}
