/** The web client's files. */
@NullMarked
package chat.chatto.http.web;

import org.jspecify.annotations.NullMarked;
