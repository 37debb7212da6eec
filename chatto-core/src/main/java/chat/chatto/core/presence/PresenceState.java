package chat.chatto.core.presence;

/** How a person is shown to others. */
public enum PresenceState {
    ONLINE,
    AWAY,
    DO_NOT_DISTURB,
    OFFLINE
}
