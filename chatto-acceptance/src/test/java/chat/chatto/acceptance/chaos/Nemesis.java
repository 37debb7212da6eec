package chat.chatto.acceptance.chaos;

import static org.awaitility.Awaitility.await;

import com.google.errorprone.annotations.FormatMethod;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Breaks one thing after the other, each only when all is well again. For one thread, apart from {@link #windows()}. */
final class Nemesis {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** Between two faults; long enough for a new leader to have settled. */
    private static final Duration CALM = Duration.ofSeconds(2);

    /** How long after everybody has written again a fault still lasts. */
    private static final Duration ENCORE = Duration.ofSeconds(1);

    private final Stage stage;
    private final History history;
    private final RunClock clock;
    private final PrintStream out;
    private final List<Window> windows = new CopyOnWriteArrayList<>();

    Nemesis(Stage stage, History history, RunClock clock, PrintStream out) {
        this.stage = stage;
        this.history = history;
        this.clock = clock;
        this.out = out;
    }

    List<Window> windows() {
        return List.copyOf(windows);
    }

    /** Returns when all is well again. */
    void strike(Fault fault) {
        if (!fault.feasible(stage)) {
            say("SKIPPED %s: mounting a small file system needs root", fault.label());
            return;
        }
        Injection injection = fault.aim(stage);
        say("%s", injection.what());
        long begin = clock.millis();
        injection.begin();
        hold(fault, begin);
        String noticed = injection.heal();
        long healed = clock.millis();
        stage.awaitWell();
        awaitEverybody(healed);
        Window window = new Window(fault, injection.what(), begin, healed, clock.millis());
        windows.add(window);
        Availability seen = Availability.during(window, history.attempts());
        say(
                "  longest gap %.1f s, of one client %.1f s; lasted %.1f s, well after another"
                        + " %.1f s%s",
                seen.longestGap() / 1e3,
                seen.longestGapOfAClient() / 1e3,
                (healed - begin) / 1e3,
                (window.recovered() - healed) / 1e3,
                noticed.isEmpty() ? "" : "; " + noticed);
        rest(CALM);
    }

    private void hold(Fault fault, long begin) {
        rest(fault.hold());
        if (fault.writing() == Fault.Writing.CONTINUES) {
            awaitEverybody(begin + 1);
            rest(ENCORE);
        }
    }

    private void awaitEverybody(long since) {
        await("everybody to write again")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> history.everybodyWroteSince(since));
    }

    @FormatMethod
    private void say(String format, Object... arguments) {
        out.printf("%7.1f s  %s%n", clock.millis() / 1e3, String.format(format, arguments));
    }

    /** Time passes; nothing is waited for. */
    private static void rest(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            throw new IllegalStateException("Interrupted while something is broken", e);
        }
    }
}
