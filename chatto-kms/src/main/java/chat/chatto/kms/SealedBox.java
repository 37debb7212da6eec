package chat.chatto.kms;

import org.jspecify.annotations.Nullable;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Authenticated encryption: AES-256-GCM with a random nonce. A sealed content is a format version, the nonce, the ciphertext and its tag.
 * Safe for use by many threads, virtual ones too: ciphers are costly to make and not shareable, so they are handed round.
 */
final class SealedBox {

    /** How many bytes longer something is when it is sealed. */
    static final int OVERHEAD = 1 + SealedBox.NONCE_LENGTH + SealedBox.TAG_LENGTH;

    private static final byte FORMAT = 1;
    private static final int NONCE_LENGTH = 12;
    private static final int TAG_LENGTH = 16;
    private static final int MOST_IDLE_CIPHERS = 64;

    private final SecureRandom random = new SecureRandom();
    private final ConcurrentLinkedQueue<Cipher> idle = new ConcurrentLinkedQueue<>();
    private final AtomicInteger idleCount = new AtomicInteger();

    byte[] seal(SecretKey key, byte[] plaintext, byte[] associatedData) {
        byte[] nonce = new byte[NONCE_LENGTH];
        random.nextBytes(nonce);
        byte[] sealed = new byte[OVERHEAD + plaintext.length];
        sealed[0] = FORMAT;
        System.arraycopy(nonce, 0, sealed, 1, NONCE_LENGTH);
        Cipher cipher = borrow();
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(8 * TAG_LENGTH, nonce));
            cipher.updateAAD(associatedData);
            cipher.doFinal(plaintext, 0, plaintext.length, sealed, 1 + NONCE_LENGTH);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Encryption failed", e);
        }
        giveBack(cipher);
        return sealed;
    }

    /**
     * Opens what {@link #seal} sealed.
     *
     * @throws TamperedException when it is not what was sealed with this key and these associated data
     */
    byte[] open(SecretKey key, byte[] sealed, byte[] associatedData) {
        if (sealed.length < OVERHEAD) {
            throw new TamperedException(
                    "Too short for something sealed: " + sealed.length + " bytes");
        }
        if (sealed[0] != FORMAT) {
            throw new TamperedException("Unknown format of something sealed: " + sealed[0]);
        }
        Cipher cipher = borrow();
        byte[] plaintext;
        try {
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    key,
                    new GCMParameterSpec(8 * TAG_LENGTH, sealed, 1, NONCE_LENGTH));
            cipher.updateAAD(associatedData);
            plaintext = cipher.doFinal(sealed, 1 + NONCE_LENGTH, sealed.length - 1 - NONCE_LENGTH);
        } catch (AEADBadTagException e) {
            throw new TamperedException("This is not what was sealed here", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Decryption failed", e);
        }
        giveBack(cipher);
        return plaintext;
    }

    private Cipher borrow() {
        @Nullable Cipher cipher = idle.poll();
        if (cipher != null) {
            idleCount.decrementAndGet();
            return cipher;
        }
        try {
            return Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java platform lacks AES-GCM", e);
        }
    }

    private void giveBack(Cipher cipher) {
        if (idleCount.incrementAndGet() <= MOST_IDLE_CIPHERS) {
            idle.add(cipher);
        } else {
            idleCount.decrementAndGet();
        }
    }
}
