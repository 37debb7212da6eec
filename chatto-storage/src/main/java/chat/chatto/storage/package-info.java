/**
 * What the product needs from storage, in its own terms: ordered logs, key-value buckets, objects, broadcasts and leases.
 * Nothing here names a storage product; {@link chat.chatto.storage.jetstream} implements it on NATS JetStream.
 */
@NullMarked
package chat.chatto.storage;

import org.jspecify.annotations.NullMarked;
