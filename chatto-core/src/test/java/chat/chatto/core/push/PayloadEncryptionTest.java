package chat.chatto.core.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.chatto.core.ChattoException;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.Base64;

/** The example of RFC 8291, appendix A. */
class PayloadEncryptionTest {

    private static final String OUR_PUBLIC =
            "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8";
    private static final String OUR_PRIVATE = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw";
    private static final String DEVICE_PUBLIC =
            "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
    private static final String SECRET = "BTBZMqHH6r4Tts7J_aSIgg";
    private static final String SALT = "DGv6ra1nlYgDCS1FRnbzlw";
    private static final String MESSAGE =
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS"
                + "6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj"
                + "_Qulcy4a-fN";

    private static byte[] bytes(String text) {
        return Base64.getUrlDecoder().decode(text);
    }

    @Test
    void makesTheMessageOfTheStandard() throws GeneralSecurityException {
        byte[] content =
                "When I grow up, I want to be a watermelon".getBytes(StandardCharsets.UTF_8);
        var ours =
                new KeyPair(P256.publicKey(bytes(OUR_PUBLIC)), P256.privateKey(bytes(OUR_PRIVATE)));

        byte[] message =
                PayloadEncryption.encrypt(
                        DeviceKeys.of(DEVICE_PUBLIC, SECRET), content, ours, bytes(SALT));

        assertThat(message).isEqualTo(bytes(MESSAGE));
    }

    @Test
    void refusesAKeyThatIsNoPointOfTheCurve() {
        byte[] moved = bytes(DEVICE_PUBLIC);
        moved[40] ^= 1;
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(moved);

        assertThatThrownBy(() -> DeviceKeys.of(text, SECRET))
                .isInstanceOf(ChattoException.class)
                .hasMessageContaining("p256dh must be the subscription's key");
        assertThatThrownBy(() -> DeviceKeys.of(DEVICE_PUBLIC, "BTBZMqHH6r4"))
                .isInstanceOf(ChattoException.class)
                .hasMessageContaining("auth must be");
    }
}
