package chat.chatto.acceptance.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;

/** What a process can be sent beside the two that {@link ProcessHandle} knows. */
public enum Signal {
    /** The process stands still, its connections stay open. */
    STOP,
    CONT;

    /** Returns when the kernel has the signal. */
    public void send(ProcessHandle process) {
        try {
            Process kill =
                    new ProcessBuilder(
                                    "kill",
                                    "-" + name().toUpperCase(Locale.ROOT),
                                    Long.toString(process.pid()))
                            .inheritIO()
                            .start();
            if (kill.waitFor() != 0) {
                throw new IllegalStateException("Process " + process.pid() + " takes no " + this);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("Interrupted while a signal is sent", e);
        }
    }
}
