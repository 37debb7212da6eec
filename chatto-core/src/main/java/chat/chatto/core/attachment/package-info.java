/** The files of messages: which ones rooms have, and that they go with their message. */
@NullMarked
package chat.chatto.core.attachment;

import org.jspecify.annotations.NullMarked;
