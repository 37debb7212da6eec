/** Files that people upload: parts that are sealed and stored, what they are by their bytes, and pictures to show of them. */
@NullMarked
package chat.chatto.core.asset;

import org.jspecify.annotations.NullMarked;
