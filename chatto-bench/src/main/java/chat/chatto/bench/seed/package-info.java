/**
 * Fills a server's storage faster than its public interface could: history through the product's own timeline engine, and accounts as
 * the records that registering would have left.
 */
@NullMarked
package chat.chatto.bench.seed;

import org.jspecify.annotations.NullMarked;
