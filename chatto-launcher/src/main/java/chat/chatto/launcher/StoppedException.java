package chat.chatto.launcher;

/** The server was told to stop before it had started. */
final class StoppedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StoppedException() {
        super("told to stop while starting");
    }
}
