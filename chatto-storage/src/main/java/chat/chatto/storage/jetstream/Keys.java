package chat.chatto.storage.jetstream;

/** What may become part of a subject. */
final class Keys {

    private static final int MAXIMUM_LENGTH = 512;

    private Keys() {}

    /** One or more tokens of letters, digits, {@code _}, {@code -} and {@code =}, joined by dots. */
    static String checked(String key) {
        boolean inToken = false;
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (c == '.' ? !inToken : !isTokenCharacter(c)) {
                throw illegal(key);
            }
            inToken = c != '.';
        }
        if (!inToken || key.length() > MAXIMUM_LENGTH) {
            throw illegal(key);
        }
        return key;
    }

    private static boolean isTokenCharacter(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '_'
                || c == '-'
                || c == '=';
    }

    private static IllegalArgumentException illegal(String key) {
        return new IllegalArgumentException(
                "Not a key: '"
                        + key
                        + "'; a key is 1 to "
                        + MAXIMUM_LENGTH
                        + " characters of [A-Za-z0-9_=-] in tokens joined by dots");
    }
}
