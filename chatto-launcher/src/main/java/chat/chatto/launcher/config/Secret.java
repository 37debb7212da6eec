package chat.chatto.launcher.config;

import static java.util.Objects.requireNonNull;

import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * A configured secret. It never shows in logs and error messages by accident: {@link #toString()} is masked.
 *
 * @param value the secret itself, not empty
 */
public record Secret(String value) {

    private static final int GENERATED_BYTES = 32;

    public Secret {
        if (requireNonNull(value).isEmpty()) {
            throw new IllegalArgumentException("a secret must not be empty");
        }
    }

    /** A fresh secret of 256 random bits, written in hexadecimal. */
    public static Secret random() {
        byte[] bytes = new byte[GENERATED_BYTES];
        new SecureRandom().nextBytes(bytes);
        return new Secret(HexFormat.of().formatHex(bytes));
    }

    @Override
    public String toString() {
        return "******";
    }
}
