package chat.chatto.core.push;

import chat.chatto.core.ChattoException;

import java.util.Base64;

/**
 * What a device's messages are encrypted with. The arrays are not copied: treat them as read-only.
 *
 * @param publicKey a point of P-256, uncompressed
 * @param secret {@value #SECRET_LENGTH} bytes that nobody but the device and this installation know
 */
public record DeviceKeys(byte[] publicKey, byte[] secret) {

    static final int SECRET_LENGTH = 16;

    /** Longer than any form of either. */
    private static final int LONGEST_TEXT = 128;

    /**
     * As browsers give them, in base64url.
     *
     * @throws ChattoException INVALID
     */
    public static DeviceKeys of(String p256dh, String auth) {
        byte[] publicKey = bytes("p256dh", p256dh);
        byte[] secret = bytes("auth", auth);
        if (!P256.isPoint(publicKey)) {
            throw ChattoException.invalid(
                    "p256dh", "must be the subscription's key: an uncompressed point of P-256");
        }
        if (secret.length != SECRET_LENGTH) {
            throw ChattoException.invalid(
                    "auth",
                    "must be the subscription's secret of "
                            + SECRET_LENGTH
                            + " bytes in base64url");
        }
        return new DeviceKeys(publicKey, secret);
    }

    private static byte[] bytes(String field, String text) {
        try {
            if (text.length() <= LONGEST_TEXT) {
                return Base64.getUrlDecoder().decode(text);
            }
        } catch (IllegalArgumentException e) {
            // Said below, as for a text that is too long.
        }
        throw ChattoException.invalid(field, "must be base64url as the browser gives it");
    }

    /** Without the secret, which must not reach a log. */
    @Override
    public String toString() {
        return "DeviceKeys[***]";
    }
}
