package chat.chatto.kms;

import java.util.regex.Pattern;

/**
 * Whose content a data key seals.
 *
 * @param id 1 to 64 letters, digits, {@code _} or {@code -}; the same on all servers and never given to anybody else
 */
public record KeyOwner(String id) {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    public KeyOwner {
        if (!FORM.matcher(id).matches()) {
            throw new IllegalArgumentException("Not the id of a key's owner: '" + id + "'");
        }
    }
}
