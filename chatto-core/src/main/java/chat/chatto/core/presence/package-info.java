/** What people do right now; nothing of it is stored. */
@NullMarked
package chat.chatto.core.presence;

import org.jspecify.annotations.NullMarked;
