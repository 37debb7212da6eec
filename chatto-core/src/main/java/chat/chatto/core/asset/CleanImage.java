package chat.chatto.core.asset;

/**
 * A picture that was read to its end and kept nothing but itself.
 *
 * @param stored its size as it is stored
 * @param orientation how it is to be turned, 1 to 8 as in EXIF
 * @param frames how many pictures it has
 */
record CleanImage(PixelSize stored, int orientation, int frames) {

    static final int UPRIGHT = 1;
    private static final int FIRST_ON_ITS_SIDE = 5;

    /** Its size as it is shown. */
    PixelSize shown() {
        return orientation >= FIRST_ON_ITS_SIDE ? stored.turned() : stored;
    }

    boolean animated() {
        return frames > 1;
    }
}
