/** How far people have read in their rooms. */
@NullMarked
package chat.chatto.core.readstate;

import org.jspecify.annotations.NullMarked;
