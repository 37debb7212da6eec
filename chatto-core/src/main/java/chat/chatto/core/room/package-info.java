/** Rooms and who belongs to them. */
@NullMarked
package chat.chatto.core.room;

import org.jspecify.annotations.NullMarked;
