package chat.chatto.core.asset;

import chat.chatto.core.CoreConfig;
import chat.chatto.kms.RootSecret;

import jakarta.inject.Inject;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs links to files, so that a link is good for what it was given out for, on every server. Safe for use by many threads. */
public final class LinkSigner {

    private static final String ALGORITHM = "HmacSHA256";

    /** 128 bits: nobody guesses them while a link lasts. */
    private static final int SIGNATURE_BYTES = 16;

    private final SecretKeySpec key;

    @Inject
    public LinkSigner(RootSecret secret, CoreConfig config) {
        byte[] bytes =
                config.assets()
                        .linkSecret()
                        .map(text -> text.getBytes(StandardCharsets.UTF_8))
                        .orElseGet(() -> secret.derive("file-links-1"));
        key = new SecretKeySpec(bytes, ALGORITHM);
    }

    /** The signature of a text, in letters, digits, {@code -} and {@code _}. */
    public String sign(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(signature(text));
    }

    /** Whether this is the signature of the text; any text may be given. */
    public boolean verify(String text, String signature) {
        return MessageDigest.isEqual(
                sign(text).getBytes(StandardCharsets.US_ASCII),
                signature.getBytes(StandardCharsets.UTF_8));
    }

    private byte[] signature(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return Arrays.copyOf(
                    mac.doFinal(text.getBytes(StandardCharsets.UTF_8)), SIGNATURE_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
        }
    }
}
