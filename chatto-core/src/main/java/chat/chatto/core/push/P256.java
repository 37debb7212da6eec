package chat.chatto.core.push;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;

/** Keys of the one curve that Web Push knows, and their bytes. Stateless. */
final class P256 {

    /** The length of an uncompressed point. */
    static final int POINT_LENGTH = 65;

    /** The length of a private key. */
    static final int SCALAR_LENGTH = 32;

    private static final byte UNCOMPRESSED = 4;
    private static final BigInteger MINUS_THREE = BigInteger.valueOf(-3);
    private static final ECParameterSpec CURVE = curve();

    private P256() {}

    private static ECParameterSpec curve() {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec("secp256r1"));
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException e) {
            throw lacking(e);
        }
    }

    static KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(CURVE);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw lacking(e);
        }
    }

    /** Whether these bytes are a point of the curve: a key that is none would reveal the other side's. */
    static boolean isPoint(byte[] bytes) {
        if (bytes.length != POINT_LENGTH || bytes[0] != UNCOMPRESSED) {
            return false;
        }
        BigInteger p = ((ECFieldFp) CURVE.getCurve().getField()).getP();
        ECPoint point = point(bytes);
        BigInteger x = point.getAffineX();
        BigInteger y = point.getAffineY();
        return x.compareTo(p) < 0
                && y.compareTo(p) < 0
                && y.multiply(y)
                                .subtract(x.multiply(x).add(MINUS_THREE).multiply(x))
                                .subtract(CURVE.getCurve().getB())
                                .mod(p)
                                .signum()
                        == 0;
    }

    static ECPublicKey publicKey(byte[] point) {
        try {
            return (ECPublicKey)
                    KeyFactory.getInstance("EC")
                            .generatePublic(new ECPublicKeySpec(point(point), CURVE));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("Not a public key of P-256", e);
        }
    }

    static ECPrivateKey privateKey(byte[] scalar) {
        try {
            return (ECPrivateKey)
                    KeyFactory.getInstance("EC")
                            .generatePrivate(
                                    new ECPrivateKeySpec(new BigInteger(1, scalar), CURVE));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("Not a private key of P-256", e);
        }
    }

    static byte[] bytes(ECPublicKey key) {
        byte[] bytes = new byte[POINT_LENGTH];
        bytes[0] = UNCOMPRESSED;
        write(key.getW().getAffineX(), bytes, 1);
        write(key.getW().getAffineY(), bytes, 1 + SCALAR_LENGTH);
        return bytes;
    }

    static byte[] bytes(ECPrivateKey key) {
        byte[] bytes = new byte[SCALAR_LENGTH];
        write(key.getS(), bytes, 0);
        return bytes;
    }

    private static ECPoint point(byte[] bytes) {
        return new ECPoint(
                new BigInteger(1, Arrays.copyOfRange(bytes, 1, 1 + SCALAR_LENGTH)),
                new BigInteger(1, Arrays.copyOfRange(bytes, 1 + SCALAR_LENGTH, POINT_LENGTH)));
    }

    private static void write(BigInteger number, byte[] bytes, int offset) {
        byte[] magnitude = number.toByteArray();
        int length = Math.min(magnitude.length, SCALAR_LENGTH);
        System.arraycopy(
                magnitude,
                magnitude.length - length,
                bytes,
                offset + SCALAR_LENGTH - length,
                length);
    }

    static IllegalStateException lacking(GeneralSecurityException e) {
        return new IllegalStateException("This Java platform lacks what Web Push needs", e);
    }
}
