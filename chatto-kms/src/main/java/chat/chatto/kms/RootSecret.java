package chat.chatto.kms;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * The operator's one secret, {@code core.secret_key}: every other secret of the product is derived from it. The same on all servers.
 * Safe for use by many threads.
 */
public final class RootSecret {

    private static final int SHORTEST = 32;
    private static final int DERIVED_LENGTH = 32;

    private final byte[] secret;

    private RootSecret(byte[] secret) {
        this.secret = secret;
    }

    /**
     * The secret as it stands in the configuration.
     *
     * @throws IllegalArgumentException when it is shorter than 32 characters
     */
    public static RootSecret of(String text) {
        if (text.length() < SHORTEST) {
            throw new IllegalArgumentException(
                    "The secret key must have at least " + SHORTEST + " characters");
        }
        return new RootSecret(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A secret of 32 bytes for one purpose (HKDF-SHA256). Who knows it learns nothing about those for other purposes.
     *
     * @param purpose a name that nothing else uses, such as {@code session-cookies}; not empty
     */
    public byte[] derive(String purpose) {
        if (purpose.isBlank()) {
            throw new IllegalArgumentException("A secret needs a purpose");
        }
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveData(
                            HKDFParameterSpec.ofExtract()
                                    .addIKM(secret)
                                    .thenExpand(
                                            ("chatto " + purpose).getBytes(StandardCharsets.UTF_8),
                                            DERIVED_LENGTH));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java platform lacks HKDF-SHA256", e);
        }
    }

    @Override
    public String toString() {
        return "RootSecret[***]";
    }
}
