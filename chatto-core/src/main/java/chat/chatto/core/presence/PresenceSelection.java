package chat.chatto.core.presence;

import chat.chatto.core.account.UserId;

/** A person has chosen, on some device, how to be shown. */
public record PresenceSelection(UserId user, PresenceChoice choice) {}
