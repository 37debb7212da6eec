package chat.chatto.core.timeline;

import java.util.random.RandomGenerator;

/** Makes ids of messages: {@code M} and 21 random characters, about 125 bits. Safe for use by many threads if the generator is. */
final class MessageIds {

    private static final String ALPHABET =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int LENGTH = 21;

    private final RandomGenerator random;

    MessageIds(RandomGenerator random) {
        this.random = random;
    }

    String next() {
        char[] id = new char[LENGTH + 1];
        id[0] = 'M';
        for (int i = 1; i <= LENGTH; i++) {
            id[i] = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
        }
        return new String(id);
    }
}
