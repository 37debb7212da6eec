package chat.chatto.bench.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

class FrameDecoderTest {

    private final FrameDecoder decoder = new FrameDecoder();
    private final List<String> texts = new ArrayList<>();

    /** Frames with 7, 16 and 64 bits of length, cut into pieces of every awkward size. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 126, 1_000, 1_000_000})
    void findsEveryFrameWhereverTheStreamIsCut(int pieceBytes) throws IOException {
        List<String> sent =
                List.of(
                        "",
                        "a",
                        "b".repeat(125),
                        "c".repeat(126),
                        "d".repeat(65_535),
                        "e".repeat(65_536),
                        "last");
        byte[] stream = stream(sent);

        for (int start = 0; start < stream.length; start += pieceBytes) {
            decode(ByteBuffer.wrap(stream, start, Math.min(pieceBytes, stream.length - start)));
        }

        assertThat(texts).isEqualTo(sent);
    }

    @Test
    void refusesFragmentsAndMaskedFrames() {
        assertThatIOException()
                .isThrownBy(() -> decode(ByteBuffer.wrap(new byte[] {0x01, 1, 'a'})));
        assertThatIOException()
                .isThrownBy(
                        () ->
                                decode(
                                        ByteBuffer.wrap(
                                                new byte[] {
                                                    (byte) 0x81, (byte) 0x81, 0, 0, 0, 0, 'a'
                                                })));
    }

    private void decode(ByteBuffer bytes) throws IOException {
        decoder.decode(
                bytes,
                (opcode, payload) -> {
                    assertThat(opcode).isEqualTo(FrameDecoder.TEXT);
                    texts.add(StandardCharsets.UTF_8.decode(payload).toString());
                });
    }

    private static byte[] stream(List<String> texts) {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (String text : texts) {
            int length = text.length();
            stream.write(0x81);
            if (length < 126) {
                stream.write(length);
            } else if (length < 65_536) {
                stream.write(126);
                stream.writeBytes(ByteBuffer.allocate(2).putShort((short) length).array());
            } else {
                stream.write(127);
                stream.writeBytes(ByteBuffer.allocate(8).putLong(length).array());
            }
            stream.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        }
        return stream.toByteArray();
    }
}
