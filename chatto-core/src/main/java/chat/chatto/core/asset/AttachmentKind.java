package chat.chatto.core.asset;

/** How a file may be shown: what it is by its bytes, whatever its name says. */
public enum AttachmentKind {
    IMAGE,
    VIDEO,
    AUDIO,
    /** Anything else is downloaded and never shown. */
    FILE
}
