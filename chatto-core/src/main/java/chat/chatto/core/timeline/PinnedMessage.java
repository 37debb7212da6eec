package chat.chatto.core.timeline;

import chat.chatto.core.account.UserId;

/** A message that is pinned in its room. */
record PinnedMessage(MessageAddress address, long atMillis, UserId by) {}
