package chat.chatto.core.emoji;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import chat.chatto.core.ChattoException;
import chat.chatto.core.ErrorCode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.HexFormat;

class EmojiImageTest {

    private static final String PNG = "89504e470d0a1a0a0000000d49484452";

    @ParameterizedTest
    @CsvSource({
        PNG + "0000008000000040, image/png, 128, 64",
        "474946383961 2000 1000, image/gif, 32, 16",
        "524946460000000057454250565038580a00000000000000 7f0000 3f0000, image/webp, 128, 64",
        "524946460000000057454250565038 4c0a0000002f 7fc00f00 0000000000, image/webp, 128, 64",
        "5249464600000000574542505650382000000000000000 9d012a 8000 4000, image/webp, 128, 64",
        "ffd8ffe0000400ff ffc0 0011 08 0040 0080 03, image/jpeg, 128, 64",
    })
    void tellsKindAndSizeByTheBytes(String hex, String mediaType, int width, int height) {
        assertThat(EmojiImage.checked(bytes(hex)))
                .isEqualTo(new EmojiImage(mediaType, width, height));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "89504e47",
                PNG,
                "474946383961",
                "ffd8ffe0ffff",
                "52494646000000005745425056503858",
                // <svg onload="…">
                "3c737667206f6e6c6f61643d22616c6572742831293e",
                "3c68746d6c3e",
            })
    void refusesWhatIsNoPicture(String hex) {
        assertThatExceptionOfType(ChattoException.class)
                .isThrownBy(() -> EmojiImage.checked(bytes(hex)))
                .extracting(ChattoException::code)
                .isEqualTo(ErrorCode.INVALID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                PNG + "0000020100000001",
                PNG + "0000000000000001",
                PNG + "0000000180000000",
                PNG + "ffffffffffffffff"
            })
    void refusesSidesOutOfBounds(String hex) {
        assertThatExceptionOfType(ChattoException.class)
                .isThrownBy(() -> EmojiImage.checked(bytes(hex)))
                .withMessageContaining("512 by 512");
    }

    @Test
    void refusesTooManyBytes() {
        byte[] large = Arrays.copyOf(bytes(PNG + "0000008000000040"), EmojiImage.BYTES + 1);

        assertThatExceptionOfType(ChattoException.class)
                .isThrownBy(() -> EmojiImage.checked(large))
                .extracting(ChattoException::code)
                .isEqualTo(ErrorCode.TOO_LARGE);
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}
