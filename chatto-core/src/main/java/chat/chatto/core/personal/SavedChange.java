package chat.chatto.core.personal;

import chat.chatto.core.account.UserId;
import chat.chatto.core.timeline.MessageAddress;

/** A person has saved a message, or no longer has, on some device. */
public record SavedChange(UserId user, MessageAddress message, boolean saved) {}
