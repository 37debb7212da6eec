/** Who may do what. */
@NullMarked
package chat.chatto.core.access;

import org.jspecify.annotations.NullMarked;
