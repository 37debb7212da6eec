/** Reads and writes JSON: strict on what comes in, straight to bytes on what goes out. */
@NullMarked
package chat.chatto.http.json;

import org.jspecify.annotations.NullMarked;
