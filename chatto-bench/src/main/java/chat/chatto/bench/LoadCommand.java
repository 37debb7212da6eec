package chat.chatto.bench;

import chat.chatto.bench.http.Target;
import chat.chatto.bench.load.Account;
import chat.chatto.bench.load.ChattoApi;
import chat.chatto.bench.load.LoadResult;
import chat.chatto.bench.load.PostingLoad;
import chat.chatto.bench.report.ReportTables;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;

/** Posts into a running server in closed and open loop, and into its nats-server directly for comparison. */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        description = "Posts messages in closed loop, or in open loop at a given rate.")
final class LoadCommand implements Callable<Integer> {

    @Option(
            names = "--server",
            paramLabel = "URL",
            defaultValue = "http://localhost:4000",
            description = "The server (default: ${DEFAULT-VALUE}).")
    private String server = "";

    @Option(
            names = "--posters",
            paramLabel = "N",
            split = ",",
            defaultValue = "1,16,64",
            description = "Posters in closed loop (default: ${DEFAULT-VALUE}).")
    private List<Integer> posters = List.of();

    @Option(
            names = "--rooms",
            paramLabel = "N",
            split = ",",
            defaultValue = "1,16",
            description = "Rooms to post into (default: ${DEFAULT-VALUE}).")
    private List<Integer> rooms = List.of();

    @Option(
            names = "--rate",
            paramLabel = "N",
            split = ",",
            description = "Posts a second in open loop, instead of the closed loop.")
    private List<Double> rates = List.of();

    @Option(
            names = "--connections",
            paramLabel = "N",
            defaultValue = "64",
            description = "Connections in open loop (default: ${DEFAULT-VALUE}).")
    private int connections;

    @Mixin private RunOptions run = new RunOptions();

    @Mixin private NatsOptions nats = new NatsOptions();

    @Override
    public Integer call() throws Exception {
        ChattoApi api = run.api(Target.parse(server));
        RunName name = new RunName();
        int users = rates.isEmpty() ? Collections.max(posters) : connections;
        List<Account> accounts = api.register(name.logins(), users);
        List<LoadResult> results = new ArrayList<>();
        for (int count : rooms) {
            List<String> ids = api.createRooms(name.rooms("load" + count), count, accounts);
            PostingLoad load = run.posting(api, accounts);
            for (double rate : rates) {
                results.add(load.openLoop(rate, connections, ids));
            }
            if (rates.isEmpty()) {
                for (int poster : posters) {
                    results.add(load.closedLoop(poster, ids));
                }
            }
        }
        String natsUrl = nats.url();
        if (natsUrl != null) {
            results.add(run.raw(natsUrl, nats.token()).run(connections));
        }
        System.out.println("seed " + run.seed());
        System.out.print(ReportTables.load(results, "posts/s"));
        return 0;
    }
}
