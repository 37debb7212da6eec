/** What belongs to one person alone and follows them from device to device: drafts, saved messages, preferences, and their status. */
@NullMarked
package chat.chatto.core.personal;

import org.jspecify.annotations.NullMarked;
