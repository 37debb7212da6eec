package chat.chatto.kms;

/**
 * Whose content a data key seals.
 *
 * @param id 1 to 64 letters, digits, {@code _} or {@code -}; the same on all servers and never given to anybody else
 */
public record KeyOwner(String id) {

    private static final int LONGEST = 64;

    public KeyOwner {
        // Checked for each message of a page that is read: no regular expression.
        if (id.isEmpty() || id.length() > LONGEST || !id.chars().allMatch(KeyOwner::isAllowed)) {
            throw new IllegalArgumentException("Not the id of a key's owner: '" + id + "'");
        }
    }

    private static boolean isAllowed(int c) {
        return (c >= 'A' && c <= 'Z')
                || (c >= 'a' && c <= 'z')
                || (c >= '0' && c <= '9')
                || c == '_'
                || c == '-';
    }
}
