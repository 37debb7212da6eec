/** People: their accounts, passwords and sessions. */
@NullMarked
package chat.chatto.core.account;

import org.jspecify.annotations.NullMarked;
