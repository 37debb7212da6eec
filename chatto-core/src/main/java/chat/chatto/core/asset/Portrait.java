package chat.chatto.core.asset;

import chat.chatto.core.ChattoException;
import chat.chatto.core.ErrorCode;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.Semaphore;

/** Makes small pictures of whatever people send for one. */
final class Portrait {

    /** The most bytes that are looked at. */
    static final int BYTES = 5 << 20;

    /** Decoding takes memory: one after the other. */
    private static final Semaphore DECODING = new Semaphore(1, true);

    private Portrait() {}

    /**
     * A picture as PNG.
     *
     * @param side the longest, in pixels
     * @param square whether the middle is cut out of it
     * @throws ChattoException INVALID when it is none that can be shown, TOO_LARGE
     */
    static byte[] png(byte[] image, int side, boolean square) {
        if (image.length > BYTES) {
            throw ChattoException.of(
                    ErrorCode.TOO_LARGE, "A picture may have at most " + BYTES + " bytes");
        }
        DECODING.acquireUninterruptibly();
        try {
            MediaType type = MediaType.of(image);
            if (type.kind() != AttachmentKind.IMAGE) {
                throw new UnfitImageException("It is none");
            }
            var cleaned = new ByteArrayOutputStream(image.length);
            CleanImage clean =
                    ImageCleaner.clean(type, () -> new ByteArrayInputStream(image), cleaned);
            return Previews.portrait(
                    type, clean, new ByteArrayInputStream(cleaned.toByteArray()), side, square);
        } catch (UnfitImageException e) {
            throw ChattoException.invalid(
                    "body", "must be a PNG, JPEG, GIF or WebP that can be shown");
        } catch (IOException e) {
            throw new IllegalStateException("Arrays do not fail", e);
        } finally {
            DECODING.release();
        }
    }
}
