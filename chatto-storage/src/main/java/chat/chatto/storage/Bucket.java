package chat.chatto.storage;

/** The key-value buckets of the product, apart from the timelines' pages. Names as operators see them. */
public enum Bucket {
    /** Users, rooms, memberships, roles and configuration; every server keeps a copy in memory. */
    SERVER,
    /** Read positions, one small document a user. */
    READ_STATE,
    /** Which threads people follow, and what of that and of their notifications they have seen; small documents. */
    ATTENTION,
    /** Hashes of bearer tokens and sessions, each with its own time to live. */
    AUTH_TOKENS,
    /** Who is online: in memory, entries vanish after 60 seconds. */
    PRESENCE,
    /** When members of slow rooms last wrote, each with the room's pause as its time to live. */
    SLOW_MODE,
    /** Files that are no message's yet, and which files rooms have had; small documents. */
    FILES,
    /** Wrapped data keys; opened by chatto-kms only. */
    ENCRYPTION_KEYS
}
