/** What people are told of who were not looking: causes and wishes, the writer of notifications, their list, and followed threads. */
@NullMarked
package chat.chatto.core.notification;

import org.jspecify.annotations.NullMarked;
