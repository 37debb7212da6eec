package chat.chatto.core.notification;

import chat.chatto.core.timeline.Message;

/**
 * A thread that somebody follows.
 *
 * @param root the message it hangs on, as it is now
 * @param read the ordinal of the last reply that they read, -1 for none
 * @param unread how many replies came after that
 */
public record FollowedThread(Message root, long read, long unread) {}
