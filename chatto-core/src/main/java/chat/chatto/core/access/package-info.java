/** Who may do what: roles, what is allowed and denied to them and to single people, and how that is decided. */
@NullMarked
package chat.chatto.core.access;

import org.jspecify.annotations.NullMarked;
