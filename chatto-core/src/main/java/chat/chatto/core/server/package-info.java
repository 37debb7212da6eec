/** This server's live copy of the entities that all servers share, and the one way to change them. */
@NullMarked
package chat.chatto.core.server;

import org.jspecify.annotations.NullMarked;
