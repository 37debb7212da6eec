package chat.chatto.core.search;

import java.io.IOException;

/** A search was given up. */
final class TookTooLongException extends IOException {

    private static final long serialVersionUID = 1L;

    TookTooLongException() {
        super("The search took too long");
    }
}
