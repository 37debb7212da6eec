/** The documents that servers keep for each person alone, and the first of them: how far people have read in their rooms. */
@NullMarked
package chat.chatto.core.readstate;

import org.jspecify.annotations.NullMarked;
