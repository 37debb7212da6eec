/** Chatto processes: started, killed, stopped, and looked after for what they leave behind. */
@NullMarked
package chat.chatto.acceptance.server;

import org.jspecify.annotations.NullMarked;
