package chat.chatto.core.asset;

import java.util.List;
import java.util.Optional;

/**
 * A stored file without its name: what a message carries.
 *
 * @param contents the forms in which it is stored; the first is the file itself
 * @param sealedDescription an {@link Attachment}, encrypted for its owner; empty for what is removed
 */
public record SealedFile(AssetId id, List<Content> contents, byte[] sealedDescription) {

    private static final byte[] NOTHING = {};

    public SealedFile {
        contents = List.copyOf(contents);
    }

    /** What must be known to remove it. */
    public SealedFile withoutDescription() {
        return new SealedFile(id, contents, NOTHING);
    }

    /** Bytes that its stored form will take, roughly and never much less. */
    public int weight() {
        return 24 + 12 * contents.size() + sealedDescription.length;
    }

    /** What is stored of it in a form. */
    public Optional<Content> content(Form form) {
        return contents.stream().filter(content -> content.form() == form).findFirst();
    }

    /** The file itself. */
    public Content original() {
        return contents.getFirst();
    }
}
