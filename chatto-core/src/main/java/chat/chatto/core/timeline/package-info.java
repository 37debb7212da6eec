/** The timelines of rooms: a commit log that decides, pages that remember, and the folding of one into the other. */
@NullMarked
package chat.chatto.core.timeline;

import org.jspecify.annotations.NullMarked;
