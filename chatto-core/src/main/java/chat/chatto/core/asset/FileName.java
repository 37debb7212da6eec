package chat.chatto.core.asset;

import chat.chatto.core.ChattoException;
import chat.chatto.core.Names;

import java.nio.charset.StandardCharsets;

/** What files may be called. */
final class FileName {

    /** The longest name. */
    static final int BYTES = 255;

    private FileName() {}

    /**
     * The name as it is kept: without folders before it.
     *
     * @throws ChattoException INVALID when nothing is left, for control and invisible characters, and for names that are too long
     */
    static String clean(String name) {
        String base = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        String cleaned = Names.clean("name", base, 1, BYTES);
        if (cleaned.getBytes(StandardCharsets.UTF_8).length > BYTES) {
            throw ChattoException.invalid("name", "must be at most " + BYTES + " bytes of UTF-8");
        }
        if (cleaned.equals(".") || cleaned.equals("..")) {
            throw ChattoException.invalid("name", "must be the name of a file, not of a folder");
        }
        return cleaned;
    }
}
