/** The calls of the interface, one class a capability. */
@NullMarked
package chat.chatto.http.api;

import org.jspecify.annotations.NullMarked;
