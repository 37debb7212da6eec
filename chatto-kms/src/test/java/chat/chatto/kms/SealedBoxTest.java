package chat.chatto.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

class SealedBoxTest {

    private static final SecretKey KEY = new SecretKeySpec(new byte[32], "AES");
    private static final SecretKey OTHER_KEY =
            new SecretKeySpec(bytes("0123456789abcdef0123456789abcdef"), "AES");

    private final SealedBox box = new SealedBox();

    @Test
    void opensWhatItSealed() {
        byte[] sealed = box.seal(KEY, bytes("hello"), bytes("here"));

        assertThat(sealed).hasSize("hello".length() + SealedBox.OVERHEAD);
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("hello");
        assertThat(box.open(KEY, sealed, bytes("here"))).isEqualTo(bytes("hello"));
        assertThat(box.open(KEY, box.seal(KEY, new byte[0], new byte[0]), new byte[0])).isEmpty();
    }

    @Test
    void neverSealsTheSameTwice() {
        assertThat(box.seal(KEY, bytes("hello"), bytes("here")))
                .isNotEqualTo(box.seal(KEY, bytes("hello"), bytes("here")));
    }

    @Test
    void noticesEveryAlteredByte() {
        byte[] sealed = box.seal(KEY, bytes("hello"), bytes("here"));

        for (int i = 0; i < sealed.length; i++) {
            byte[] altered = sealed.clone();
            altered[i] ^= 1;
            assertThatThrownBy(() -> box.open(KEY, altered, bytes("here")))
                    .isInstanceOf(TamperedException.class);
        }
    }

    @Test
    void noticesAnotherPlaceAnotherKeyAndACutEnd() {
        byte[] sealed = box.seal(KEY, bytes("hello"), bytes("here"));

        assertThatThrownBy(() -> box.open(KEY, sealed, bytes("there")))
                .isInstanceOf(TamperedException.class);
        assertThatThrownBy(() -> box.open(OTHER_KEY, sealed, bytes("here")))
                .isInstanceOf(TamperedException.class);
        assertThatThrownBy(() -> box.open(KEY, new byte[SealedBox.OVERHEAD - 1], bytes("here")))
                .isInstanceOf(TamperedException.class);
    }

    @Test
    void servesManyVirtualThreads() throws Exception {
        List<Callable<Boolean>> tasks = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            byte[] content = bytes("content " + i);
            tasks.add(
                    () ->
                            Arrays.equals(
                                    content,
                                    box.open(
                                            KEY,
                                            box.seal(KEY, content, bytes("here")),
                                            bytes("here"))));
        }

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> result : threads.invokeAll(tasks)) {
                assertThat(result.get()).isTrue();
            }
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
