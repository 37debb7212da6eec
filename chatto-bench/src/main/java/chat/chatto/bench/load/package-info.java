/** Load through the public interface: posting in closed and open loop, reading pages, receiving over WebSockets. */
@NullMarked
package chat.chatto.bench.load;

import org.jspecify.annotations.NullMarked;
