package chat.chatto.bench;

import chat.chatto.bench.load.LoadResult;
import chat.chatto.bench.report.ReportTables;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Publishes to JetStream without Chatto. */
@Command(
        name = "raw",
        mixinStandardHelpOptions = true,
        description = "Publishes to JetStream directly, for comparison.")
final class RawCommand implements Callable<Integer> {

    @Option(
            names = "--nats-url",
            paramLabel = "URL",
            required = true,
            description = "The nats-server.")
    private String url = "";

    @Option(names = "--nats-token", paramLabel = "TOKEN", description = "Its token.")
    private @Nullable String token;

    @Option(
            names = "--publishers",
            paramLabel = "N",
            split = ",",
            defaultValue = "1,16,64",
            description = "Publishers (default: ${DEFAULT-VALUE}).")
    private List<Integer> publishers = List.of();

    @Mixin private RunOptions run = new RunOptions();

    @Override
    public Integer call() throws Exception {
        List<LoadResult> results = new ArrayList<>();
        for (int count : publishers) {
            results.add(run.raw(url, token).run(count));
        }
        System.out.print(ReportTables.load(results, "acks/s"));
        return 0;
    }
}
