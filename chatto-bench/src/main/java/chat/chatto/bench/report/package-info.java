/** What a run leaves behind: the machine it ran on, tables for people, JSON for tools, and charts. */
@NullMarked
package chat.chatto.bench.report;

import org.jspecify.annotations.NullMarked;
