package chat.chatto.core.search;

import org.jspecify.annotations.Nullable;

import java.io.IOException;

/** An index was made in a form that this version does not know. */
final class ForeignIndexException extends IOException {

    private static final long serialVersionUID = 1L;

    ForeignIndexException(@Nullable String format) {
        super("The index has the form " + format);
    }
}
