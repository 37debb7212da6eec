/** Whether this server is alive, ready, and sees its storage. */
@NullMarked
package chat.chatto.http.health;

import org.jspecify.annotations.NullMarked;
