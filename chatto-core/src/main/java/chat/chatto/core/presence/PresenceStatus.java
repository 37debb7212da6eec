package chat.chatto.core.presence;

import chat.chatto.core.account.UserId;

/**
 * How a person is shown.
 *
 * @param userSelected whether the person chose to be shown so; never with OFFLINE, which must not tell who hides from who is gone
 */
public record PresenceStatus(UserId user, PresenceState state, boolean userSelected) {

    static PresenceStatus offline(UserId user) {
        return new PresenceStatus(user, PresenceState.OFFLINE, false);
    }
}
