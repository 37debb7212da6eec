package chat.chatto.core.asset;

import java.io.IOException;

/** Something that begins like a picture is damaged, or too large to be shown. */
final class UnfitImageException extends IOException {

    private static final long serialVersionUID = 1L;

    UnfitImageException(String message) {
        super(message);
    }
}
