/** Which emoji there are: those of Unicode, and the pictures that this server's people added. */
@NullMarked
package chat.chatto.core.emoji;

import org.jspecify.annotations.NullMarked;
