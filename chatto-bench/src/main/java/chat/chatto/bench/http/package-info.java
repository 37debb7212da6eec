/**
 * The driver's HTTP client and WebSocket swarm: only what a load driver needs, written on plain sockets because it shares the
 * processor with the server that it measures.
 */
@NullMarked
package chat.chatto.bench.http;

import org.jspecify.annotations.NullMarked;
