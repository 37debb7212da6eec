/** Brings notifications to devices on which nobody looks at the client: Web Push, RFC 8030, 8291 and 8292. */
@NullMarked
package chat.chatto.core.push;

import org.jspecify.annotations.NullMarked;
