/**
 * A cluster that is broken on purpose while people write, and the proof that what was acknowledged is still there. {@code build/chaos} runs
 * it for as long as one likes; {@link chat.chatto.acceptance.chaos.ChaosIT} is the short form.
 */
@NullMarked
package chat.chatto.acceptance.chaos;

import org.jspecify.annotations.NullMarked;
