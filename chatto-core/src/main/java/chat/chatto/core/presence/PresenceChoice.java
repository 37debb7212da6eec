package chat.chatto.core.presence;

/** What a person chose to be shown as while connected. It stays until they choose something else. */
public enum PresenceChoice {
    /** What the person does decides: online while they are active on any device, else away. */
    AUTOMATIC,
    AWAY,
    DO_NOT_DISTURB,
    /** Looks to others as if there were no connection. */
    OFFLINE
}
