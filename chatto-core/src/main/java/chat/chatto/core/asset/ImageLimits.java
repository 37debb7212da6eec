package chat.chatto.core.asset;

/** What a picture may ask of whoever shows it; read from its head, before anything is decoded. */
final class ImageLimits {

    /** The longest side, in pixels. */
    static final int SIDE = 16_384;

    /** The most pixels of one picture. */
    static final long PIXELS = 40_000_000;

    /** The most pictures of an animation. */
    static final int FRAMES = 256;

    /** The most pixels of all pictures of an animation. */
    static final long PIXELS_OF_ALL_FRAMES = 100_000_000;

    private ImageLimits() {}

    /** @throws UnfitImageException unless a picture may be this large */
    static PixelSize checked(long width, long height) throws UnfitImageException {
        if (width < 1 || height < 1 || width > SIDE || height > SIDE || width * height > PIXELS) {
            throw new UnfitImageException("It has " + width + " by " + height + " pixels");
        }
        return new PixelSize((int) width, (int) height);
    }

    /** @throws UnfitImageException when an animation has too many pictures */
    static void checkFrames(int frames, long pixels) throws UnfitImageException {
        if (frames > FRAMES || pixels > PIXELS_OF_ALL_FRAMES) {
            throw new UnfitImageException("It has " + frames + " pictures");
        }
    }
}
