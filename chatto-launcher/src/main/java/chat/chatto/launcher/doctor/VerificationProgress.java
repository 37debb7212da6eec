package chat.chatto.launcher.doctor;

import chat.chatto.core.timeline.Verification;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.Consumer;

/** Says every other second how far a verification is. Told on one thread at a time. */
final class VerificationProgress implements Consumer<Verification> {

    private static final Duration INTERVAL = Duration.ofSeconds(2);

    private final PrintWriter out;
    private final int shard;
    private long next = System.nanoTime();

    VerificationProgress(PrintWriter out, int shard) {
        this.out = out;
        this.shard = shard;
    }

    @Override
    public void accept(Verification state) {
        if (System.nanoTime() - next < 0) {
            return;
        }
        next = System.nanoTime() + INTERVAL.toNanos();
        out.println(
                "Verifying shard "
                        + shard
                        + ": "
                        + Texts.count(state.commits(), "commit")
                        + ", "
                        + Texts.count(state.pages(), "page")
                        + ", "
                        + Texts.grouped(state.roomsDone())
                        + " of "
                        + Texts.count(state.rooms(), "room"));
        out.flush();
    }
}
