/** Servers as the operating system sees them: started, timed and weighed from outside. */
@NullMarked
package chat.chatto.bench.process;

import org.jspecify.annotations.NullMarked;
