package chat.chatto.bench;

import chat.chatto.bench.report.Charts;
import chat.chatto.bench.report.Report;
import chat.chatto.bench.report.ReportTables;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** Keeps a run's report on disk while it grows, so that a failure late in a long run costs only what was still to come. */
final class Notebook {

    private final Path directory;
    private Report report;

    /** @param directory for the JSON, the tables and the charts */
    Notebook(Path directory, Report report) {
        this.directory = directory;
        this.report = report;
    }

    /** Adds to the report and writes all of it. */
    void note(UnaryOperator<Report> addition) throws IOException {
        report = addition.apply(report);
        report.write(directory.resolve("latest.json"));
        Files.writeString(directory.resolve("latest.md"), ReportTables.of(report));
        if (!report.history().isEmpty()) {
            Files.writeString(
                    directory.resolve("startup.svg"),
                    Charts.startUp(report.history(), report.machine()).toSvg());
            Files.writeString(
                    directory.resolve("pages.svg"),
                    Charts.pages(report.history(), report.machine()).toSvg());
        }
        System.err.print('.');
    }

    Report report() {
        return report;
    }
}
