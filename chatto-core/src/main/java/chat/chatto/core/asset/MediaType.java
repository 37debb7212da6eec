package chat.chatto.core.asset;

import java.nio.charset.StandardCharsets;

/**
 * What a file is by its first bytes, whatever its name and its sender say.
 *
 * @param name such as {@code image/png}
 */
record MediaType(String name, AttachmentKind kind) {

    /** How many first bytes tell all that can be told. */
    static final int HEAD_BYTES = 512;

    static final MediaType PNG = new MediaType("image/png", AttachmentKind.IMAGE);
    static final MediaType JPEG = new MediaType("image/jpeg", AttachmentKind.IMAGE);
    static final MediaType GIF = new MediaType("image/gif", AttachmentKind.IMAGE);
    static final MediaType WEBP = new MediaType("image/webp", AttachmentKind.IMAGE);

    private static final MediaType UNKNOWN =
            new MediaType("application/octet-stream", AttachmentKind.FILE);

    /** What a file is that begins like this. */
    static MediaType of(byte[] head) {
        if (is(head, 0, "\u0089PNG\r\n\u001a\n")) {
            return PNG;
        }
        if (is(head, 0, "\u00ff\u00d8\u00ff")) {
            return JPEG;
        }
        if (is(head, 0, "GIF87a") || is(head, 0, "GIF89a")) {
            return GIF;
        }
        if (is(head, 0, "RIFF")) {
            return riff(head);
        }
        if (is(head, 4, "ftyp")) {
            return isoMedia(head);
        }
        if (is(head, 0, "\u001aE\u00df\u00a3")) {
            return contains(head, "webm") ? video("video/webm") : UNKNOWN;
        }
        if (is(head, 0, "OggS")) {
            return contains(head, "theora") ? video("video/ogg") : audio("audio/ogg");
        }
        if (is(head, 0, "fLaC")) {
            return audio("audio/flac");
        }
        return is(head, 0, "ID3") || isMpegAudio(head) ? audio("audio/mpeg") : document(head);
    }

    private static MediaType riff(byte[] head) {
        if (is(head, 8, "WEBP")) {
            return WEBP;
        }
        return is(head, 8, "WAVE") ? audio("audio/wav") : UNKNOWN;
    }

    private static MediaType isoMedia(byte[] head) {
        if (head.length < 12) {
            return UNKNOWN;
        }
        String brand = new String(head, 8, 4, StandardCharsets.ISO_8859_1);
        return switch (brand) {
            case "M4A ", "M4B " -> audio("audio/mp4");
            case "qt  ",
                    "isom",
                    "iso2",
                    "iso4",
                    "iso5",
                    "iso6",
                    "mp41",
                    "mp42",
                    "avc1",
                    "dash",
                    "M4V ",
                    "MSNV" ->
                    video("video/mp4");
            default -> UNKNOWN;
        };
    }

    /** A frame's header: eleven bits set, a version, a layer and a bit rate that exist. */
    private static boolean isMpegAudio(byte[] head) {
        if (head.length < 4 || (head[0] & 0xFF) != 0xFF || (head[1] & 0xE0) != 0xE0) {
            return false;
        }
        int version = head[1] >> 3 & 3;
        int layer = head[1] >> 1 & 3;
        int rate = head[2] >> 4 & 15;
        return version != 1 && layer == 1 && rate != 0 && rate != 15;
    }

    /** Never shown, only named. */
    private static MediaType document(byte[] head) {
        if (is(head, 0, "%PDF-")) {
            return new MediaType("application/pdf", AttachmentKind.FILE);
        }
        return is(head, 0, "PK\u0003\u0004")
                ? new MediaType("application/zip", AttachmentKind.FILE)
                : UNKNOWN;
    }

    private static MediaType video(String name) {
        return new MediaType(name, AttachmentKind.VIDEO);
    }

    private static MediaType audio(String name) {
        return new MediaType(name, AttachmentKind.AUDIO);
    }

    private static boolean contains(byte[] head, String text) {
        int length = Math.min(head.length, HEAD_BYTES);
        return new String(head, 0, length, StandardCharsets.ISO_8859_1).contains(text);
    }

    private static boolean is(byte[] head, int at, String signature) {
        byte[] expected = signature.getBytes(StandardCharsets.ISO_8859_1);
        if (head.length < at + expected.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if (head[at + i] != expected[i]) {
                return false;
            }
        }
        return true;
    }
}
