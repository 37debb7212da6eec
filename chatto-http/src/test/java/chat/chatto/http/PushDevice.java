package chat.chatto.http;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.Headers;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** A browser's side of a subscription: the only one who can read what is pushed. */
final class PushDevice {

    private static final int COORDINATE = 32;

    private final String endpoint;
    private final KeyPair keys;
    private final byte[] secret = new byte[16];
    private final List<Arrival> arrivals = new CopyOnWriteArrayList<>();

    PushDevice(String endpoint) {
        this.endpoint = endpoint;
        new SecureRandom().nextBytes(secret);
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            keys = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A message that came, and what the service answered. */
    record Arrival(int status, Headers headers, JsonObject content) {}

    void arrived(int status, Headers headers, byte[] body) {
        arrivals.add(new Arrival(status, headers, decrypt(body)));
    }

    List<Arrival> arrivals() {
        return arrivals;
    }

    /** What the device was told, without what the service did not take. */
    List<JsonObject> told() {
        return arrivals.stream()
                .filter(arrival -> arrival.status() == 201)
                .map(Arrival::content)
                .toList();
    }

    String registration(boolean preview) {
        return "{\"name\":\"Browser\",\"endpoint\":\"%s\",\"p256dh\":\"%s\",\"auth\":\"%s\",\"preview\":%b}"
                .formatted(endpoint, base64(point()), base64(secret), preview);
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private byte[] point() {
        ECPoint point = ((ECPublicKey) keys.getPublic()).getW();
        return ByteBuffer.allocate(1 + 2 * COORDINATE)
                .put((byte) 4)
                .put(fixed(point.getAffineX()))
                .put(fixed(point.getAffineY()))
                .array();
    }

    private static byte[] fixed(BigInteger number) {
        byte[] all = new byte[COORDINATE + number.toByteArray().length];
        byte[] bytes = number.toByteArray();
        System.arraycopy(bytes, 0, all, COORDINATE, bytes.length);
        return Arrays.copyOfRange(all, all.length - COORDINATE, all.length);
    }

    /** As RFC 8291 has it, written a second time. */
    private JsonObject decrypt(byte[] body) {
        try {
            byte[] salt = Arrays.copyOfRange(body, 0, 16);
            byte[] theirs = Arrays.copyOfRange(body, 21, 21 + body[20]);
            byte[] sealed = Arrays.copyOfRange(body, 21 + body[20], body.length);
            KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
            agreement.init(keys.getPrivate());
            agreement.doPhase(
                    KeyFactory.getInstance("EC")
                            .generatePublic(
                                    new ECPublicKeySpec(
                                            new ECPoint(
                                                    new BigInteger(
                                                            1, Arrays.copyOfRange(theirs, 1, 33)),
                                                    new BigInteger(
                                                            1, Arrays.copyOfRange(theirs, 33, 65))),
                                            ((ECPublicKey) keys.getPublic()).getParams())),
                    true);
            byte[] label = "WebPush: info\0".getBytes(StandardCharsets.US_ASCII);
            byte[] info =
                    ByteBuffer.allocate(label.length + 130)
                            .put(label)
                            .put(point())
                            .put(theirs)
                            .array();
            byte[] shared = derive(secret, agreement.generateSecret(), info, 32);
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    new SecretKeySpec(
                            derive(salt, shared, label("Content-Encoding: aes128gcm\0"), 16),
                            "AES"),
                    new GCMParameterSpec(
                            128, derive(salt, shared, label("Content-Encoding: nonce\0"), 12)));
            byte[] content = cipher.doFinal(sealed);
            String text = new String(content, 0, content.length - 1, StandardCharsets.UTF_8);
            return JsonParser.parseString(text).getAsJsonObject();
        } catch (GeneralSecurityException e) {
            throw new AssertionError("The device cannot read this", e);
        }
    }

    private static byte[] label(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] derive(byte[] salt, byte[] key, byte[] info, int length)
            throws GeneralSecurityException {
        return KDF.getInstance("HKDF-SHA256")
                .deriveData(
                        HKDFParameterSpec.ofExtract()
                                .addIKM(key)
                                .addSalt(salt)
                                .thenExpand(info, length));
    }
}
