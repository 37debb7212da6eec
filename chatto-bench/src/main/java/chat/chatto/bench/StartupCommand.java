package chat.chatto.bench;

import chat.chatto.bench.process.Stage;
import chat.chatto.bench.report.Machine;
import chat.chatto.bench.report.Report;
import chat.chatto.bench.report.ReportTables;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;

/** Starts the server on histories of several sizes. */
@Command(
        name = "startup",
        mixinStandardHelpOptions = true,
        description = "Measures start-up, memory and page reads against the size of the history.")
final class StartupCommand implements Callable<Integer> {

    @Option(
            names = "--sizes",
            paramLabel = "N",
            split = ",",
            defaultValue = "1000,10000,100000,1000000",
            description = "Messages of history, ascending (default: ${DEFAULT-VALUE}).")
    private List<Long> sizes = List.of();

    @Option(
            names = "--history-rooms",
            paramLabel = "N",
            defaultValue = "16",
            description = "Rooms that share the history (default: ${DEFAULT-VALUE}).")
    private int rooms;

    @Option(
            names = "--starts",
            paramLabel = "N",
            defaultValue = "5",
            description = "Starts at each size (default: ${DEFAULT-VALUE}).")
    private int starts;

    @Option(
            names = "--settle",
            paramLabel = "SECONDS",
            defaultValue = "20",
            description = "Rest after the history has grown (default: ${DEFAULT-VALUE}).")
    private long settleSeconds;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            defaultValue = "target/performance",
            description = "For the report and the charts (default: ${DEFAULT-VALUE}).")
    private Path output = Path.of("");

    @Mixin private ServerOptions server = new ServerOptions();

    @Mixin private RunOptions run = new RunOptions();

    @Override
    public Integer call() throws Exception {
        try (Stage stage = server.stage()) {
            Notebook notebook =
                    new Notebook(
                            output,
                            Report.begin(
                                    Instant.now(),
                                    run.seed(),
                                    Machine.here("embedded", stage.directory())));
            new HistoryRun(stage, run, rooms, starts, Duration.ofSeconds(settleSeconds))
                    .measure(sizes, notebook);
            System.out.println();
            System.out.print(ReportTables.of(notebook.report()));
        }
        return 0;
    }
}
