package chat.chatto.bench.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

class BytesTest {

    @Test
    void findsTextAndTheNumberBehindIt() {
        ByteBuffer text = bytes("{\"body\":\"pospost-42 hello\"}");

        int found = Bytes.indexOf(text, "post-".getBytes(StandardCharsets.UTF_8));

        assertThat(found).isEqualTo(12);
        assertThat(Bytes.numberAt(text, found + 5)).isEqualTo(42);
    }

    @Test
    void saysWhenThereIsNone() {
        assertThat(Bytes.indexOf(bytes("pos"), "post".getBytes(StandardCharsets.UTF_8)))
                .isNegative();
        assertThat(Bytes.numberAt(bytes("x"), 0)).isNegative();
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
