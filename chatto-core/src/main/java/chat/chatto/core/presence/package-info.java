/** What people do right now: whether they are there, and whether they write. Nothing of it outlives the moment but what they choose. */
@NullMarked
package chat.chatto.core.presence;

import org.jspecify.annotations.NullMarked;
