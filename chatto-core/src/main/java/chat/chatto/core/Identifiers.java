package chat.chatto.core;

/** The form all identifiers share: they are tokens of storage keys. */
public final class Identifiers {

    private static final int LENGTH = 64;

    private Identifiers() {}

    /**
     * @throws IllegalArgumentException unless the value is 1 to 64 characters of {@code [A-Za-z0-9_-]}
     */
    public static void check(String kind, String value) {
        if (!valid(value)) {
            throw new IllegalArgumentException("Not a " + kind + " id: " + value);
        }
    }

    /** Checked on every request and for every record at start: no regular expression. */
    private static boolean valid(String value) {
        if (value.isEmpty() || value.length() > LENGTH) {
            return false;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean allowed =
                    (c >= 'A' && c <= 'Z')
                            || (c >= 'a' && c <= 'z')
                            || (c >= '0' && c <= '9')
                            || c == '_'
                            || c == '-';
            if (!allowed) {
                return false;
            }
        }
        return true;
    }
}
