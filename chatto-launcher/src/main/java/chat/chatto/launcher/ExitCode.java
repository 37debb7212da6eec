package chat.chatto.launcher;

/** How the program ends: 0, 1 when it was asked to find problems and did, 2 for a wrong command line, and otherwise as in sysexits.h. */
final class ExitCode {

    static final int OK = 0;

    /** {@code chatto doctor} found something that has to be put right. */
    static final int FOUND_PROBLEMS = 1;

    static final int USAGE = 2;

    /** NATS, or something else that is needed, cannot be had. */
    static final int UNAVAILABLE = 69;

    /** A bug. */
    static final int SOFTWARE = 70;

    /** A file that would have to be written cannot be. */
    static final int CANNOT_CREATE = 73;

    /** The configuration cannot be used. */
    static final int CONFIG = 78;

    private ExitCode() {}
}
