package chat.chatto.core.emoji;

import chat.chatto.core.ChattoException;
import chat.chatto.core.ErrorCode;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a picture is by its bytes, whatever its sender says. Only its head is read, never its pixels.
 *
 * @param mediaType such as {@code image/png}
 */
record EmojiImage(String mediaType, int width, int height) {

    /** The most bytes. */
    static final int BYTES = 256 * 1024;

    /** The longest side, in pixels. */
    static final int PIXELS = 512;

    /**
     * @throws ChattoException INVALID unless it is a PNG, GIF, WebP or JPEG within the bounds; TOO_LARGE
     */
    static EmojiImage checked(byte[] content) {
        if (content.length > BYTES) {
            throw ChattoException.of(
                    ErrorCode.TOO_LARGE,
                    "An emoji's picture must not be larger than " + BYTES / 1024 + " KiB");
        }
        EmojiImage image =
                read(new Head(content))
                        .orElseThrow(
                                () ->
                                        ChattoException.invalid(
                                                "image", "must be a PNG, GIF, WebP or JPEG"));
        if (image.width < 1 || image.height < 1 || image.width > PIXELS || image.height > PIXELS) {
            throw ChattoException.invalid(
                    "image",
                    "must be at most %d by %d pixels; this one has %d by %d"
                            .formatted(PIXELS, PIXELS, image.width, image.height));
        }
        return image;
    }

    private static Optional<EmojiImage> read(Head head) {
        if (head.is(0, "\u0089PNG\r\n\u001a\n") && head.is(12, "IHDR")) {
            return head.has(24)
                    ? Optional.of(new EmojiImage("image/png", head.big(16, 4), head.big(20, 4)))
                    : Optional.empty();
        }
        if (head.is(0, "GIF87a") || head.is(0, "GIF89a")) {
            return head.has(10)
                    ? Optional.of(new EmojiImage("image/gif", head.little(6, 2), head.little(8, 2)))
                    : Optional.empty();
        }
        if (head.is(0, "RIFF") && head.is(8, "WEBP")) {
            return webp(head);
        }
        return head.is(0, "\u00ff\u00d8\u00ff") ? jpeg(head) : Optional.empty();
    }

    private static Optional<EmojiImage> webp(Head head) {
        if (!head.has(30)) {
            return Optional.empty();
        }
        if (head.is(12, "VP8X")) {
            return webp(head.little(24, 3) + 1, head.little(27, 3) + 1);
        }
        if (head.is(12, "VP8L") && head.is(20, "/")) {
            int sizes = head.little(21, 4);
            return webp((sizes & 0x3FFF) + 1, (sizes >>> 14 & 0x3FFF) + 1);
        }
        return head.is(12, "VP8 ") && head.is(23, "\u009d\u0001*")
                ? webp(head.little(26, 2) & 0x3FFF, head.little(28, 2) & 0x3FFF)
                : Optional.empty();
    }

    private static Optional<EmojiImage> webp(int width, int height) {
        return Optional.of(new EmojiImage("image/webp", width, height));
    }

    /** Goes from segment to segment until one begins a frame. */
    private static Optional<EmojiImage> jpeg(Head head) {
        int at = 2;
        while (head.has(at + 9) && head.big(at, 1) == 0xFF) {
            int marker = head.big(at + 1, 1);
            if (marker == 0xFF) {
                at++;
            } else if (beginsFrame(marker)) {
                return Optional.of(
                        new EmojiImage("image/jpeg", head.big(at + 7, 2), head.big(at + 5, 2)));
            } else {
                at += 2 + Math.max(2, head.big(at + 2, 2));
            }
        }
        return Optional.empty();
    }

    private static boolean beginsFrame(int marker) {
        return marker >= 0xC0
                && marker <= 0xCF
                && marker != 0xC4
                && marker != 0xC8
                && marker != 0xCC;
    }

    /** Reads numbers and signatures; what lies beyond the end is no signature. */
    private record Head(byte[] content) {

        boolean has(int bytes) {
            return content.length >= bytes;
        }

        boolean is(int at, String signature) {
            byte[] expected = signature.getBytes(StandardCharsets.ISO_8859_1);
            if (!has(at + expected.length)) {
                return false;
            }
            for (int i = 0; i < expected.length; i++) {
                if (content[at + i] != expected[i]) {
                    return false;
                }
            }
            return true;
        }

        int big(int at, int bytes) {
            int number = 0;
            for (int i = 0; i < bytes; i++) {
                number = number << 8 | Byte.toUnsignedInt(content[at + i]);
            }
            return number;
        }

        int little(int at, int bytes) {
            int number = 0;
            for (int i = bytes - 1; i >= 0; i--) {
                number = number << 8 | Byte.toUnsignedInt(content[at + i]);
            }
            return number;
        }
    }
}
