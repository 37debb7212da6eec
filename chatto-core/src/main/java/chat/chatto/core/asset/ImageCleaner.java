package chat.chatto.core.asset;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Copies pictures piece by piece, and only the pieces that make the picture: no places, cameras, comments or thumbnails, and nothing that
 * stands before or behind the picture. What cannot be understood to its end is refused. Nothing is decoded, and little kept in memory.
 */
final class ImageCleaner {

    private ImageCleaner() {}

    /** Where a picture can be read from its beginning, again and again. */
    @FunctionalInterface
    interface Source {
        InputStream open();
    }

    /**
     * Copies a picture.
     *
     * @param type PNG, JPEG, GIF or WebP
     * @throws UnfitImageException when it is damaged or too large
     */
    static CleanImage clean(MediaType type, Source source, OutputStream out) throws IOException {
        if (type.equals(MediaType.WEBP)) {
            long length = webp(source, OutputStream.nullOutputStream(), 0).length();
            return webp(source, out, length).image();
        }
        try (InputStream in = source.open()) {
            var pieces = new Pieces(new BufferedInputStream(in), out);
            if (type.equals(MediaType.PNG)) {
                return new PngCleaner(pieces).clean();
            }
            if (type.equals(MediaType.JPEG)) {
                return new JpegCleaner(pieces).clean();
            }
            if (type.equals(MediaType.GIF)) {
                return new GifCleaner(pieces).clean();
            }
        }
        throw new UnfitImageException("Pictures of the type " + type.name() + " are not shown");
    }

    private static WebpCleaner.Cleaned webp(Source source, OutputStream out, long length)
            throws IOException {
        try (InputStream in = source.open()) {
            return new WebpCleaner(new Pieces(new BufferedInputStream(in), out), length).clean();
        }
    }
}
