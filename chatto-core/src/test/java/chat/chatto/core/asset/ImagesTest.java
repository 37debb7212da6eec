package chat.chatto.core.asset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;

import javax.imageio.ImageIO;

class ImagesTest {

    private static final int MUTATIONS_OF_EACH = 150;

    /** A picture of each kind. */
    record Sample(String name, MediaType type, byte[] content) {

        @Override
        public String toString() {
            return name;
        }
    }

    private static final Sample PNG =
            new Sample("PNG", MediaType.PNG, encoded("png", BufferedImage.TYPE_INT_ARGB));
    private static final Sample JPEG =
            new Sample("JPEG", MediaType.JPEG, encoded("jpg", BufferedImage.TYPE_INT_RGB));
    private static final Sample GIF =
            new Sample("GIF", MediaType.GIF, encoded("gif", BufferedImage.TYPE_BYTE_INDEXED));
    private static final Sample WEBP =
            new Sample(
                    "WebP",
                    MediaType.WEBP,
                    decoded("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA"));
    private static final Sample LOSSLESS_WEBP =
            new Sample(
                    "lossless WebP",
                    MediaType.WEBP,
                    decoded("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA=="));

    static List<Sample> samples() {
        return List.of(PNG, JPEG, GIF, WEBP, LOSSLESS_WEBP);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void keepsWhatMakesThePicture(Sample sample) throws IOException {
        Cleaned cleaned = clean(sample.type, sample.content);

        assertThat(MediaType.of(cleaned.content())).isEqualTo(sample.type);
        BufferedImage before = ImageIO.read(new ByteArrayInputStream(sample.content));
        BufferedImage after = ImageIO.read(new ByteArrayInputStream(cleaned.content()));
        assertThat(cleaned.image().shown())
                .isEqualTo(new PixelSize(before.getWidth(), before.getHeight()));
        assertThat(after.getRGB(before.getWidth() / 2, 0))
                .isEqualTo(before.getRGB(before.getWidth() / 2, 0));
        assertThat(clean(sample.type, cleaned.content()).content()).isEqualTo(cleaned.content());
    }

    /** A polyglot: a picture to one program, a page or an archive to another. */
    @ParameterizedTest
    @MethodSource("samples")
    void leavesOutWhatStandsBehindThePicture(Sample sample) throws IOException {
        byte[] page = "<script>alert(1)</script>PK".getBytes(StandardCharsets.US_ASCII);
        byte[] both = Arrays.copyOf(sample.content, sample.content.length + page.length);
        System.arraycopy(page, 0, both, sample.content.length, page.length);

        assertThat(clean(sample.type, both).content())
                .isEqualTo(clean(sample.type, sample.content).content());
    }

    @Test
    void leavesOutWhatAPngSaysBesideItsPicture() throws IOException {
        byte[] plain = PNG.content;
        byte[] bomb = chunk("zTXt", "Comment\0\0<script>".getBytes(StandardCharsets.US_ASCII));
        byte[] place = chunk("eXIf", "GPS 48.1".getBytes(StandardCharsets.US_ASCII));

        byte[] cleaned = clean(MediaType.PNG, inserted(plain, 33, bomb, place)).content();

        assertThat(cleaned).isEqualTo(clean(MediaType.PNG, plain).content());
        assertThat(text(cleaned)).doesNotContain("script").doesNotContain("GPS");
    }

    @Test
    void leavesOutWhereAPhotographWasTakenButNotHowItWasHeld() throws IOException {
        byte[] exif = ExifOrientation.write(6);
        byte[] withPlace = Arrays.copyOf(exif, exif.length + 20);
        System.arraycopy(
                "GPS 48.1 11.5".getBytes(StandardCharsets.US_ASCII), 0, withPlace, exif.length, 13);
        byte[] comment = "<?php evil ?>".getBytes(StandardCharsets.US_ASCII);
        byte[] photograph =
                inserted(JPEG.content, 2, segment(0xE1, withPlace), segment(0xFE, comment));

        Cleaned cleaned = clean(MediaType.JPEG, photograph);

        assertThat(cleaned.image().orientation()).isEqualTo(6);
        assertThat(cleaned.image().shown()).isEqualTo(cleaned.image().stored().turned());
        assertThat(text(cleaned.content())).doesNotContain("GPS").doesNotContain("php");
        assertThat(clean(MediaType.JPEG, cleaned.content()).image().orientation()).isEqualTo(6);
    }

    @Test
    void readsHowLargeAPictureIsBeforeDecodingIt() {
        byte[] bomb = PNG.content.clone();
        ByteBuffer.wrap(bomb).putInt(16, 50_000).putInt(20, 50_000);
        var checksum = new CRC32();
        checksum.update(bomb, 12, 17);
        ByteBuffer.wrap(bomb).putInt(29, (int) checksum.getValue());

        assertThatExceptionOfType(UnfitImageException.class)
                .isThrownBy(() -> clean(MediaType.PNG, bomb))
                .withMessageContaining("50000 by 50000");
    }

    @Test
    void makesSmallerPicturesOfLargeOnesTheRightWayUp() throws IOException {
        byte[] large = encoded("jpg", BufferedImage.TYPE_INT_RGB, 3_000, 2_400);
        byte[] held = inserted(large, 2, segment(0xE1, ExifOrientation.write(6)));
        Cleaned cleaned = clean(MediaType.JPEG, held);

        Previews.Made made = previews(MediaType.JPEG, cleaned);

        assertThat(made.mediaType()).isEqualTo("image/jpeg");
        assertThat(made.previews())
                .extracting(Previews.Preview::form)
                .containsExactly(Form.LARGE, Form.TIMELINE);
        BufferedImage big =
                ImageIO.read(new ByteArrayInputStream(made.previews().get(0).content()));
        BufferedImage small =
                ImageIO.read(new ByteArrayInputStream(made.previews().get(1).content()));
        assertThat(List.of(big.getWidth(), big.getHeight())).containsExactly(1638, 2048);
        assertThat(List.of(small.getWidth(), small.getHeight())).containsExactly(320, 400);
        // The left half was red; held like this it is the upper half.
        assertThat(new Color(small.getRGB(160, 50)).getRed()).isGreaterThan(200);
        assertThat(new Color(small.getRGB(160, 350)).getBlue()).isGreaterThan(200);
    }

    @Test
    void nothingThatIsNoPictureIsShown() throws IOException {
        for (String text :
                List.of(
                        "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>",
                        "<!doctype html><script>alert(1)</script>",
                        "%PDF-1.7 <script>",
                        "PK\u0003\u0004 zip",
                        "BM bitmap",
                        "II*\0 tiff",
                        "....ftypheic",
                        "")) {
            assertThat(MediaType.of(text.getBytes(StandardCharsets.ISO_8859_1)).kind())
                    .as(text)
                    .isEqualTo(AttachmentKind.FILE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GIF89a/*<script>alert(1)</script>*/=1;", "\u00ff\u00d8\u00ff<html>"})
    void refusesWhatOnlyBeginsLikeAPicture(String text) {
        byte[] content = text.getBytes(StandardCharsets.ISO_8859_1);

        assertThatExceptionOfType(UnfitImageException.class)
                .isThrownBy(() -> clean(MediaType.of(content), content));
    }

    /** Whatever is damaged in them: pictures are cleaned and decoded, or refused, and nothing else happens. */
    @ParameterizedTest
    @MethodSource("samples")
    void survivesDamagedPictures(Sample sample) throws IOException {
        long seed = System.nanoTime();
        System.out.println("Mutations of " + sample + ": seed " + seed);
        var random = new Random(seed);
        int refused = 0;
        for (int i = 0; i < MUTATIONS_OF_EACH; i++) {
            byte[] mutant = mutate(sample.content, random);
            MediaType type = MediaType.of(mutant);
            if (type.kind() != AttachmentKind.IMAGE) {
                continue;
            }
            try {
                previews(type, clean(type, mutant));
            } catch (UnfitImageException e) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    private static byte[] mutate(byte[] content, Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> Arrays.copyOf(content, random.nextInt(content.length));
            case 1 -> {
                byte[] junk = new byte[1 + random.nextInt(64)];
                random.nextBytes(junk);
                yield inserted(content, random.nextInt(content.length), junk);
            }
            default -> repaired(flipped(content, random));
        };
    }

    /** Half of the changes are in the head, where the numbers are. */
    private static byte[] flipped(byte[] content, Random random) {
        byte[] mutant = content.clone();
        int flips = 1 + random.nextInt(8);
        for (int i = 0; i < flips; i++) {
            int within = random.nextBoolean() ? Math.min(64, mutant.length) : mutant.length;
            mutant[random.nextInt(within)] = (byte) random.nextInt();
        }
        return mutant;
    }

    /** Right checksums let more mutants of a PNG pass. */
    private static byte[] repaired(byte[] png) {
        ByteBuffer buffer = ByteBuffer.wrap(png);
        int at = 8;
        while (MediaType.of(png).equals(MediaType.PNG) && at + 12 <= png.length) {
            int length = buffer.getInt(at);
            if (length < 0 || length > png.length - at - 12) {
                break;
            }
            var checksum = new CRC32();
            checksum.update(png, at + 4, length + 4);
            buffer.putInt(at + 8 + length, (int) checksum.getValue());
            at += length + 12;
        }
        return png;
    }

    private record Cleaned(CleanImage image, byte[] content) {}

    private static Cleaned clean(MediaType type, byte[] content) throws IOException {
        var out = new ByteArrayOutputStream();
        CleanImage image = ImageCleaner.clean(type, () -> new ByteArrayInputStream(content), out);
        return new Cleaned(image, out.toByteArray());
    }

    private static Previews.Made previews(MediaType type, Cleaned cleaned) throws IOException {
        return Previews.make(type, cleaned.image(), new ByteArrayInputStream(cleaned.content()));
    }

    private static byte[] decoded(String base64) {
        return Base64.getDecoder().decode(base64);
    }

    private static byte[] encoded(String format, int type) {
        return encoded(format, type, 96, 64);
    }

    private static byte[] encoded(String format, int type, int width, int height) {
        var image = new BufferedImage(width, height, type);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.RED);
        graphics.fillRect(0, 0, width / 2, height);
        graphics.setColor(Color.BLUE);
        graphics.fillRect(width / 2, 0, width / 2, height);
        graphics.dispose();
        var out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, format, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] inserted(byte[] content, int at, byte[]... pieces) {
        var out = new ByteArrayOutputStream();
        out.write(content, 0, at);
        for (byte[] piece : pieces) {
            out.writeBytes(piece);
        }
        out.write(content, at, content.length - at);
        return out.toByteArray();
    }

    private static byte[] chunk(String type, byte[] content) {
        ByteBuffer chunk = ByteBuffer.allocate(12 + content.length);
        chunk.putInt(content.length).put(type.getBytes(StandardCharsets.US_ASCII)).put(content);
        var checksum = new CRC32();
        checksum.update(chunk.array(), 4, 4 + content.length);
        return chunk.putInt((int) checksum.getValue()).array();
    }

    private static byte[] segment(int marker, byte[] content) {
        return ByteBuffer.allocate(4 + content.length)
                .put((byte) 0xFF)
                .put((byte) marker)
                .putShort((short) (content.length + 2))
                .put(content)
                .array();
    }

    private static String text(byte[] content) {
        return new String(content, StandardCharsets.ISO_8859_1);
    }
}
