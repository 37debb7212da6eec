/** People in front of a browser: what they do on the screen, and what went wrong behind it. */
@NullMarked
package chat.chatto.acceptance.browser;

import org.jspecify.annotations.NullMarked;
