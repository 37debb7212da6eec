/** The WebSocket: who is connected, what they are told, and how they catch up. */
@NullMarked
package chat.chatto.http.realtime;

import org.jspecify.annotations.NullMarked;
