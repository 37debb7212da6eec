/** What domain records look like as JSON; a rename in the domain does not change it. */
@NullMarked
package chat.chatto.http.wire;

import org.jspecify.annotations.NullMarked;
