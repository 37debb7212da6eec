package chat.chatto.http.web;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * A file of the web client, in memory.
 *
 * @param hash of the content
 * @param encodings the same content compressed, the smallest first
 */
record WebFile(String contentType, String hash, ByteBuffer content, List<Encoded> encodings) {

    /** The content in another coding. */
    record Encoded(String coding, ByteBuffer content) {}

    /** The entity tag of one form of the file. */
    String tag(Optional<Encoded> encoded) {
        return '"' + hash + encoded.map(each -> '-' + each.coding()).orElse("") + '"';
    }
}
