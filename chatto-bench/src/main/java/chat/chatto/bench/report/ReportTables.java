package chat.chatto.bench.report;

import chat.chatto.bench.load.FanOutResult;
import chat.chatto.bench.load.Latency;
import chat.chatto.bench.load.LoadResult;

import com.google.errorprone.annotations.FormatMethod;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The report as Markdown. */
public final class ReportTables {

    private ReportTables() {}

    /** Everything that was measured, under a line that names the machine. */
    public static String of(Report report) {
        StringBuilder text = new StringBuilder();
        text.append(report.machine().describe())
                .append(".\nSeed ")
                .append(report.seed())
                .append(", ")
                .append(report.time())
                .append(".\n");
        section(text, "Posting", report.posting(), "posts/s");
        section(
                text,
                "Raw JetStream publish, same nats-server and message size",
                report.raw(),
                "acks/s");
        section(text, "Reading pages of 50", report.pages(), "pages/s");
        fanOut(text, report.fanOut());
        history(text, report.history());
        EntityStart entities = report.entityStart();
        if (entities != null) {
            text.append(
                    format(
                            "%nStart-up with %,d users, %,d rooms and %,d messages: %.0f ms, Chatto"
                                + " %.0f MiB, nats-server %.0f MiB; as a second server beside one"
                                + " that takes 500 posts/s: %.0f ms, at most %.0f ms.%n",
                            entities.users(),
                            entities.rooms(),
                            entities.messages(),
                            entities.startMillis(),
                            entities.chattoRssMib(),
                            entities.natsRssMib(),
                            entities.besideLoadMillis(),
                            entities.slowestBesideLoadMillis()));
        }
        Growth growth = report.growth();
        if (growth != null) {
            text.append(
                    format(
                            "%n%,d messages posted through a running server: resident memory %.0f →"
                                    + " %.0f MiB (%+.0f), live heap %.0f → %.0f MiB.%n",
                            growth.messages(),
                            growth.rssBeforeMib(),
                            growth.rssAfterMib(),
                            growth.grownMib(),
                            growth.heapBeforeMib(),
                            growth.heapAfterMib()));
        }
        return text.toString();
    }

    /** One table of load results. */
    public static Table load(List<LoadResult> results, String rate) {
        Table table =
                new Table(
                        "scenario",
                        rate,
                        "p50 ms",
                        "p99 ms",
                        "p99.9 ms",
                        "max ms",
                        "other outcomes",
                        "driver CPUs");
        for (LoadResult result : results) {
            Latency latency = result.latency();
            table.row(
                    result.scenario(),
                    format("%,.0f", result.perSecond()),
                    millis(latency.p50()),
                    millis(latency.p99()),
                    millis(latency.p999()),
                    millis(latency.max()),
                    others(result.outcomes()),
                    format("%.2f", result.driverCpuShare()));
        }
        return table;
    }

    private static void section(
            StringBuilder text, String title, List<LoadResult> results, String rate) {
        if (!results.isEmpty()) {
            text.append("\n**").append(title).append("**\n\n").append(load(results, rate));
        }
    }

    private static void fanOut(StringBuilder text, List<FanOutResult> results) {
        if (results.isEmpty()) {
            return;
        }
        section(text, "Fan-out", results.stream().map(FanOutResult::result).toList(), "receipts/s");
        for (FanOutResult result : results) {
            if (result.memoryBefore() > 0) {
                text.append(
                        format(
                                "%nResident memory for each of %,d sockets: %.1f KiB connected,"
                                        + " %.1f KiB after the posts.%n",
                                result.sockets(),
                                result.kilobytesPerIdleSocket(),
                                result.kilobytesPerSocket()));
            }
        }
    }

    private static void history(StringBuilder text, List<HistoryPoint> history) {
        if (history.isEmpty()) {
            return;
        }
        Table table =
                new Table(
                        "messages of history",
                        "start to ready ms",
                        "Chatto RSS MiB",
                        "Chatto PSS MiB",
                        "nats-server RSS MiB",
                        "newest page p50 ms",
                        "random page p50 ms",
                        "random page p99 ms");
        for (HistoryPoint point : history) {
            table.row(
                    format("%,d", point.messages()),
                    format("%.0f", point.startMillis()),
                    format("%.0f", point.chattoRssMib()),
                    format("%.0f", point.chattoPssMib()),
                    format("%.0f", point.natsRssMib()),
                    millis(point.newestPageP50()),
                    millis(point.randomPageP50()),
                    millis(point.randomPageP99()));
        }
        text.append("\n**Against the size of the history** (medians of ")
                .append(history.getFirst().runs())
                .append(" starts)\n\n")
                .append(table);
    }

    private static String others(Map<String, Long> outcomes) {
        String others =
                new TreeMap<>(outcomes)
                        .entrySet().stream()
                                .filter(
                                        outcome ->
                                                outcome.getValue() > 0
                                                        && !outcome.getKey().matches("2\\d\\d"))
                                .map(outcome -> outcome.getKey() + ": " + outcome.getValue())
                                .collect(Collectors.joining(", "));
        return others.isEmpty() ? "none" : others;
    }

    private static String millis(double millis) {
        return millis < 10 ? format("%.2f", millis) : format("%.1f", millis);
    }

    @FormatMethod
    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
