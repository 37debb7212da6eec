package chat.chatto.core.push;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/** The key pair that push services know this installation by: RFC 8292. Safe for use by many threads. */
public final class VapidKey {

    /** For how long a push service may take a signature for ours; at most a day is allowed. */
    private static final Duration VALID = Duration.ofHours(12);

    private static final String ALGORITHM = "SHA256withECDSAinP1363Format";
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final byte[] publicPoint;
    private final ECPrivateKey privateKey;

    private VapidKey(byte[] publicPoint, ECPrivateKey privateKey) {
        this.publicPoint = publicPoint;
        this.privateKey = privateKey;
    }

    static VapidKey generate() {
        KeyPair pair = P256.generate();
        return new VapidKey(
                P256.bytes((ECPublicKey) pair.getPublic()), (ECPrivateKey) pair.getPrivate());
    }

    static VapidKey of(byte[] publicPoint, byte[] privateScalar) {
        return new VapidKey(publicPoint.clone(), P256.privateKey(privateScalar));
    }

    /**
     * A pair as tools print it, both in base64url.
     *
     * @throws IllegalArgumentException saying what is wrong, when they are no pair
     */
    public static VapidKey parse(String publicText, String privateText) {
        byte[] point = decode("public", publicText, P256.POINT_LENGTH);
        byte[] scalar = decode("private", privateText, P256.SCALAR_LENGTH);
        if (!P256.isPoint(point)) {
            throw new IllegalArgumentException("the public key is no point of P-256");
        }
        VapidKey key = of(point, scalar);
        if (!key.belongTogether()) {
            throw new IllegalArgumentException("the private key does not belong to the public key");
        }
        return key;
    }

    private static byte[] decode(String which, String text, int length) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            if (bytes.length == length) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // Said below, as for a wrong length.
        }
        throw new IllegalArgumentException(
                "the " + which + " key must be " + length + " bytes in base64url");
    }

    private boolean belongTogether() {
        byte[] sample = "chatto".getBytes(StandardCharsets.US_ASCII);
        try {
            Signature verification = Signature.getInstance(ALGORITHM);
            verification.initVerify(P256.publicKey(publicPoint));
            verification.update(sample);
            return verification.verify(sign(sample));
        } catch (GeneralSecurityException e) {
            throw P256.lacking(e);
        }
    }

    /** The public key in base64url, as browsers want it. */
    public String publicText() {
        return BASE64.encodeToString(publicPoint);
    }

    byte[] publicPoint() {
        return publicPoint.clone();
    }

    byte[] privateScalar() {
        return P256.bytes(privateKey);
    }

    /**
     * What a message's Authorization header says.
     *
     * @param endpoint of the device
     * @param subject how the push service can reach who runs this installation
     */
    String authorization(URI endpoint, URI subject, Instant now) {
        String audience = endpoint.getScheme() + "://" + endpoint.getRawAuthority();
        String claims =
                "{\"aud\":\"%s\",\"exp\":%d,\"sub\":\"%s\"}"
                        .formatted(
                                audience,
                                now.plus(VALID).getEpochSecond(),
                                subject.toASCIIString());
        String signed = encode("{\"typ\":\"JWT\",\"alg\":\"ES256\"}") + "." + encode(claims);
        byte[] signature = sign(signed.getBytes(StandardCharsets.US_ASCII));
        return "vapid t=" + signed + "." + BASE64.encodeToString(signature) + ", k=" + publicText();
    }

    private static String encode(String json) {
        return BASE64.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private byte[] sign(byte[] content) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(privateKey);
            signature.update(content);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw P256.lacking(e);
        }
    }

    @Override
    public String toString() {
        return "VapidKey[" + publicText() + "]";
    }
}
