/** Finds messages by what they say. Each server keeps an index of its own, which can be thrown away at any time. */
@NullMarked
package chat.chatto.core.search;

import org.jspecify.annotations.NullMarked;
