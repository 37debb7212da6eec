/** The same messages put into JetStream directly: what the machine could do without Chatto, for comparison. */
@NullMarked
package chat.chatto.bench.raw;

import org.jspecify.annotations.NullMarked;
