/**
 * Measures Chatto from outside. {@link chat.chatto.bench.Bench} lists the commands; each prints a table, and {@code all} also writes
 * the report and the charts of the documentation.
 */
@NullMarked
package chat.chatto.bench;

import org.jspecify.annotations.NullMarked;
