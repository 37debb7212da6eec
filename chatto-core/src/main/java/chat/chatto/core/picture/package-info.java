/** Pictures that people and the server show of themselves. */
@NullMarked
package chat.chatto.core.picture;

import org.jspecify.annotations.NullMarked;
