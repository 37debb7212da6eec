/**
 * Storage on NATS JetStream, and the only place that knows it: connection, topology, subjects, headers and error numbers. Begin at
 * {@link chat.chatto.storage.jetstream.JetStreamStorage}; {@link chat.chatto.storage.jetstream.Topology} lists what is stored where.
 */
@NullMarked
package chat.chatto.storage.jetstream;

import org.jspecify.annotations.NullMarked;
