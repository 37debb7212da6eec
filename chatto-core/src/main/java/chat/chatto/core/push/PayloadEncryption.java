package chat.chatto.core.push;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;

import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts what is pushed so that only the device can read it, not its push service: RFC 8291, the content coding aes128gcm of RFC 8188 in
 * one record. Safe for use by many threads.
 */
final class PayloadEncryption {

    /** The longest content: push services need not take more than 4,096 bytes in all. */
    static final int LONGEST = 3_900;

    private static final int RECORD_SIZE = 4_096;
    private static final int SALT_LENGTH = 16;
    private static final int KEY_LENGTH = 16;
    private static final int NONCE_LENGTH = 12;
    private static final int TAG_BITS = 128;
    private static final int SECRET_LENGTH = 32;
    private static final byte LAST_RECORD = 2;

    private final SecureRandom random;

    PayloadEncryption(SecureRandom random) {
        this.random = random;
    }

    /**
     * The body of a push message.
     *
     * @param content at most {@value #LONGEST} bytes
     */
    byte[] encrypt(DeviceKeys device, byte[] content) {
        if (content.length > LONGEST) {
            throw new IllegalArgumentException("Too long for a push message: " + content.length);
        }
        byte[] salt = new byte[SALT_LENGTH];
        random.nextBytes(salt);
        try {
            return encrypt(device, content, P256.generate(), salt);
        } catch (GeneralSecurityException e) {
            throw P256.lacking(e);
        }
    }

    /** With a key pair and a salt that are used for nothing else. */
    static byte[] encrypt(DeviceKeys device, byte[] content, KeyPair ours, byte[] salt)
            throws GeneralSecurityException {
        byte[] ourPoint = P256.bytes((ECPublicKey) ours.getPublic());
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(ours.getPrivate());
        agreement.doPhase(P256.publicKey(device.publicKey()), true);
        byte[] secret =
                derive(
                        device.secret(),
                        agreement.generateSecret(),
                        join(ascii("WebPush: info\0"), device.publicKey(), ourPoint),
                        SECRET_LENGTH);
        byte[] key = derive(salt, secret, ascii("Content-Encoding: aes128gcm\0"), KEY_LENGTH);
        byte[] nonce = derive(salt, secret, ascii("Content-Encoding: nonce\0"), NONCE_LENGTH);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                Cipher.ENCRYPT_MODE,
                new SecretKeySpec(key, "AES"),
                new GCMParameterSpec(TAG_BITS, nonce));
        byte[] padded = Arrays.copyOf(content, content.length + 1);
        padded[content.length] = LAST_RECORD;
        byte[] size = ByteBuffer.allocate(Integer.BYTES).putInt(RECORD_SIZE).array();
        return join(
                salt, size, new byte[] {(byte) ourPoint.length}, ourPoint, cipher.doFinal(padded));
    }

    private static byte[] derive(byte[] salt, byte[] secret, byte[] info, int length)
            throws GeneralSecurityException {
        return KDF.getInstance("HKDF-SHA256")
                .deriveData(
                        HKDFParameterSpec.ofExtract()
                                .addIKM(secret)
                                .addSalt(salt)
                                .thenExpand(info, length));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] join(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
