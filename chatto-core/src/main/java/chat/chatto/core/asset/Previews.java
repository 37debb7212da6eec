package chat.chatto.core.asset;

import net.coobird.thumbnailator.Thumbnails;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Decodes pictures, which shows that they can be shown, and makes smaller ones of them. Of a large picture only every second, third … pixel
 * is kept, so that memory does not depend on its size. Stateless.
 */
final class Previews {

    /** The box that pictures fit into in a timeline. */
    static final PixelSize TIMELINE = new PixelSize(960, 400);

    /** The box that pictures fit into when they are looked at alone. */
    static final PixelSize LARGE = new PixelSize(2048, 2048);

    /** The most bytes of a preview; what would be larger is looked at in full. */
    static final int BYTES = 4 * Content.PART_BYTES;

    static final String JPEG = "image/jpeg";
    static final String PNG = "image/png";

    private static final Logger LOG = LoggerFactory.getLogger(Previews.class);
    private static final long DECODED_PIXELS = 8_400_000;

    /** A WebP is always decoded in full. */
    private static final long DECODED_WEBP_PIXELS = 12_000_000;

    private static final float QUALITY = 0.8f;

    private Previews() {}

    /** A smaller picture. */
    record Preview(Form form, byte[] content) {}

    /**
     * All of one picture.
     *
     * @param mediaType of all; empty when there are none
     */
    record Made(String mediaType, List<Preview> previews) {}

    /**
     * @param cleaned a picture that {@link ImageCleaner} has looked at
     * @throws UnfitImageException when it cannot be decoded
     */
    static Made make(MediaType type, CleanImage image, InputStream cleaned)
            throws UnfitImageException {
        if (type.equals(MediaType.WEBP) && image.stored().pixels() > DECODED_WEBP_PIXELS) {
            return new Made("", List.of());
        }
        BufferedImage decoded = decode(type, image, cleaned);
        if (image.animated()) {
            return new Made("", List.of()); // a still of it would not be the same
        }
        String mediaType = decoded.getColorModel().hasAlpha() ? PNG : JPEG;
        List<Preview> previews = new ArrayList<>();
        BufferedImage large = decoded;
        if (exceeds(image.shown(), LARGE)) {
            large = scaled(decoded, image.orientation(), LARGE);
            add(previews, Form.LARGE, mediaType, large, image);
        }
        if (exceeds(image.shown(), TIMELINE)) {
            add(
                    previews,
                    Form.TIMELINE,
                    mediaType,
                    scaled(large, image.orientation(), TIMELINE),
                    image);
        }
        return new Made(previews.isEmpty() ? "" : mediaType, previews);
    }

    /**
     * A small picture as PNG.
     *
     * @param side its longest, in pixels
     * @param square whether the middle is cut out
     */
    static byte[] portrait(
            MediaType type, CleanImage image, InputStream cleaned, int side, boolean square)
            throws UnfitImageException {
        BufferedImage decoded = decode(type, image, cleaned);
        if (square) {
            int edge = Math.min(decoded.getWidth(), decoded.getHeight());
            decoded =
                    decoded.getSubimage(
                            (decoded.getWidth() - edge) / 2,
                            (decoded.getHeight() - edge) / 2,
                            edge,
                            edge);
        }
        BufferedImage small = scaled(decoded, CleanImage.UPRIGHT, new PixelSize(side, side));
        return encode(turned(small, image.orientation()), PNG)
                .orElseThrow(() -> new UnfitImageException("It cannot be written"));
    }

    private static boolean exceeds(PixelSize size, PixelSize box) {
        return size.width() > box.width() || size.height() > box.height();
    }

    /** The decoders' own failures are of many kinds. */
    private static BufferedImage decode(MediaType type, CleanImage image, InputStream cleaned)
            throws UnfitImageException {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByMIMEType(type.name());
        if (!readers.hasNext()) {
            throw new UnfitImageException("Nothing here decodes " + type.name());
        }
        ImageReader reader = readers.next();
        try (ImageInputStream in = new MemoryCacheImageInputStream(cleaned)) {
            reader.setInput(in, true, true);
            ImageLimits.checked(reader.getWidth(0), reader.getHeight(0));
            ImageReadParam parameters = reader.getDefaultReadParam();
            int every = every(image.stored().pixels());
            parameters.setSourceSubsampling(every, every, 0, 0);
            return reader.read(0, parameters);
        } catch (IOException | RuntimeException e) {
            LOG.debug("A picture cannot be decoded", e);
            throw new UnfitImageException("It cannot be decoded: " + e);
        } finally {
            reader.dispose();
        }
    }

    private static int every(long pixels) {
        return (int) Math.ceil(Math.sqrt((double) pixels / DECODED_PIXELS));
    }

    private static void add(
            List<Preview> previews,
            Form form,
            String mediaType,
            BufferedImage scaled,
            CleanImage image) {
        encode(turned(scaled, image.orientation()), mediaType)
                .filter(content -> content.length <= BYTES)
                .ifPresent(content -> previews.add(new Preview(form, content)));
    }

    private static BufferedImage scaled(BufferedImage image, int orientation, PixelSize shownBox) {
        PixelSize box = new CleanImage(shownBox, orientation, 1).shown();
        if (image.getWidth() <= box.width() && image.getHeight() <= box.height()) {
            return image;
        }
        try {
            return Thumbnails.of(image).size(box.width(), box.height()).asBufferedImage();
        } catch (IOException e) {
            throw new IllegalStateException("A picture in memory cannot be scaled", e);
        }
    }

    /** As it is to be seen, in a form that every encoder takes. */
    private static BufferedImage turned(BufferedImage image, int orientation) {
        int width = image.getWidth();
        int height = image.getHeight();
        PixelSize shown = new CleanImage(new PixelSize(width, height), orientation, 1).shown();
        var target =
                new BufferedImage(
                        shown.width(),
                        shown.height(),
                        image.getColorModel().hasAlpha()
                                ? BufferedImage.TYPE_INT_ARGB
                                : BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = target.createGraphics();
        graphics.drawImage(image, turn(orientation, width, height), null);
        graphics.dispose();
        return target;
    }

    private static AffineTransform turn(int orientation, int width, int height) {
        return switch (orientation) {
            case 2 -> new AffineTransform(-1, 0, 0, 1, width, 0);
            case 3 -> new AffineTransform(-1, 0, 0, -1, width, height);
            case 4 -> new AffineTransform(1, 0, 0, -1, 0, height);
            case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
            case 6 -> new AffineTransform(0, 1, -1, 0, height, 0);
            case 7 -> new AffineTransform(0, -1, -1, 0, height, width);
            case 8 -> new AffineTransform(0, -1, 1, 0, 0, width);
            default -> new AffineTransform();
        };
    }

    /** Empty when it cannot be encoded. */
    private static Optional<byte[]> encode(BufferedImage image, String mediaType) {
        ImageWriter writer = ImageIO.getImageWritersByMIMEType(mediaType).next();
        var bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            if (mediaType.equals(JPEG)) {
                parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                parameters.setCompressionQuality(QUALITY);
            }
            writer.write(null, new IIOImage(image, null, null), parameters);
        } catch (IOException e) {
            LOG.warn("A preview cannot be written", e);
            return Optional.empty();
        } finally {
            writer.dispose();
        }
        return Optional.of(bytes.toByteArray());
    }
}
