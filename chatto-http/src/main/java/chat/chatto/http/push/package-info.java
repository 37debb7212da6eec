/** The way out to push services: whatever people name is public, and gets no more time than it should. */
@NullMarked
package chat.chatto.http.push;

import org.jspecify.annotations.NullMarked;
