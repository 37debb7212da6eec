/**
 * What people and operators rely on, tested on the product as it is delivered: started by its own script, with real nats-servers, over
 * real sockets and in a real browser. Nothing here knows a class of the product.
 */
@NullMarked
package chat.chatto.acceptance;

import org.jspecify.annotations.NullMarked;
