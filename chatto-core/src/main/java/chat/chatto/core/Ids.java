package chat.chatto.core;

import jakarta.inject.Inject;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.List;

/**
 * Makes identifiers of {@value #LENGTH} letters and digits, the first of which tells the kind: U for people, R for rooms, G for
 * groups of rooms, M for messages, F for files. Thirteen random characters make 77 bits. Safe for use by many threads.
 */
public final class Ids {

    /** How long every identifier is. */
    public static final int LENGTH = 14;

    private static final char[] ALPHABET =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".toCharArray();

    private final SecureRandom random;

    @Inject
    public Ids(SecureRandom random) {
        this.random = random;
    }

    /** A new person's id. */
    public String user() {
        return random('U', LENGTH);
    }

    /** A new room's id. */
    public String room() {
        return random('R', LENGTH);
    }

    /** A new id of a group of rooms. */
    public String group() {
        return random('G', LENGTH);
    }

    /** A new message's id. */
    public String message() {
        return random('M', LENGTH);
    }

    /** A new file's id. */
    public String file() {
        return random('F', LENGTH);
    }

    /** A secret of random letters and digits, 5.95 bits each. */
    public String secret(int length) {
        char[] characters = new char[length];
        fill(characters, 0);
        return new String(characters);
    }

    /**
     * The room id that belongs to these parts: the same ones give the same id on every server, and without them it cannot be told from a
     * random one.
     */
    public static String derivedRoom(List<String> parts) {
        byte[] digest = digest(parts);
        char[] characters = new char[LENGTH];
        characters[0] = 'R';
        for (int i = 1; i < LENGTH; i++) {
            characters[i] = ALPHABET[Byte.toUnsignedInt(digest[i]) % ALPHABET.length];
        }
        return new String(characters);
    }

    private String random(char kind, int length) {
        char[] characters = new char[length];
        characters[0] = kind;
        fill(characters, 1);
        return new String(characters);
    }

    private void fill(char[] characters, int from) {
        for (int i = from; i < characters.length; i++) {
            characters[i] = ALPHABET[random.nextInt(ALPHABET.length)];
        }
    }

    /** SHA-256 of all parts, each preceded by its length, so that different parts never make the same input. */
    public static byte[] digest(List<String> parts) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                sha256.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
                sha256.update(bytes);
            }
            return sha256.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
