/** How a request finds its code, proves who sent it, and becomes an answer or a problem. */
@NullMarked
package chat.chatto.http.routing;

import org.jspecify.annotations.NullMarked;
