/**
 * Keys, and the only code that opens the bucket ENCRYPTION_KEYS. Everybody's content is sealed with a data key of their own, stored wrapped
 * by a key derived from the operator's secret; destroying a data key makes all that it sealed unreadable, wherever copies of it are.
 */
@NullMarked
package chat.chatto.kms;

import org.jspecify.annotations.NullMarked;
