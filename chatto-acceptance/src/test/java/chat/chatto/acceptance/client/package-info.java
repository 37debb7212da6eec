/** A client of the HTTP interface and its WebSocket, as anyone could write it from the description of the interface. */
@NullMarked
package chat.chatto.acceptance.client;

import org.jspecify.annotations.NullMarked;
