package chat.chatto.bench.report;

import chat.chatto.bench.report.Chart.Panel;
import chat.chatto.bench.report.Chart.Point;
import chat.chatto.bench.report.Chart.Series;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** The two charts against the size of the history. */
public final class Charts {

    private static final String X_LABEL = "messages of history";

    private Charts() {}

    /** Start-up time and resident memory. */
    public static Chart startUp(List<HistoryPoint> history, Machine machine) {
        return new Chart(
                "Start-up time and memory against history",
                note(machine),
                X_LABEL,
                List.of(
                        new Panel(
                                "milliseconds to ready",
                                List.of(series("start-up", history, HistoryPoint::startMillis))),
                        new Panel(
                                "resident memory when ready, MiB",
                                List.of(
                                        series("Chatto", history, HistoryPoint::chattoRssMib),
                                        series(
                                                "nats-server",
                                                history,
                                                HistoryPoint::natsRssMib)))));
    }

    /** Time to read a page of 50 over HTTP. */
    public static Chart pages(List<HistoryPoint> history, Machine machine) {
        return new Chart(
                "Reading a page of 50 messages against history",
                note(machine),
                X_LABEL,
                List.of(
                        new Panel(
                                "median, milliseconds over HTTP",
                                List.of(
                                        series("newest page", history, HistoryPoint::newestPageP50),
                                        series(
                                                "random page",
                                                history,
                                                HistoryPoint::randomPageP50))),
                        new Panel(
                                "99th percentile, milliseconds over HTTP",
                                List.of(
                                        series(
                                                "random page",
                                                history,
                                                HistoryPoint::randomPageP99)))));
    }

    private static Series series(
            String name, List<HistoryPoint> history, ToDoubleFunction<HistoryPoint> value) {
        return new Series(
                name,
                history.stream()
                        .map(point -> new Point(point.messages(), value.applyAsDouble(point)))
                        .toList());
    }

    private static String note(Machine machine) {
        return "%s, %d cores, nats-server %s"
                .formatted(machine.processor(), machine.cores(), machine.natsServer());
    }
}
