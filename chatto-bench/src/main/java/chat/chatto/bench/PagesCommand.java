package chat.chatto.bench;

import chat.chatto.bench.http.Target;
import chat.chatto.bench.load.Account;
import chat.chatto.bench.load.ChattoApi;
import chat.chatto.bench.load.LoadResult;
import chat.chatto.bench.load.PageLoad;
import chat.chatto.bench.load.PageLoad.Depth;
import chat.chatto.bench.report.ReportTables;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Reads the history of a room. */
@Command(
        name = "pages",
        mixinStandardHelpOptions = true,
        description = "Reads pages of 50 of a room, the newest and random ones.")
final class PagesCommand implements Callable<Integer> {

    @Option(
            names = "--server",
            paramLabel = "URL",
            defaultValue = "http://localhost:4000",
            description = "The server (default: ${DEFAULT-VALUE}).")
    private String server = "";

    @Option(
            names = "--room",
            paramLabel = "ID",
            split = ",",
            required = true,
            description = "Rooms that a new user may join.")
    private List<String> rooms = List.of();

    @Option(
            names = "--readers",
            paramLabel = "N",
            split = ",",
            defaultValue = "1,8",
            description = "Concurrent readers (default: ${DEFAULT-VALUE}).")
    private List<Integer> readers = List.of();

    @Mixin private RunOptions run = new RunOptions();

    @Override
    public Integer call() throws Exception {
        ChattoApi api = run.api(Target.parse(server));
        List<Account> accounts = api.register(new RunName().logins(), 1);
        api.join(rooms, accounts);
        PageLoad load = run.pages(api, accounts.getFirst());
        List<LoadResult> results = new ArrayList<>();
        for (Depth depth : Depth.values()) {
            for (int count : readers) {
                results.add(load.run(count, depth, rooms));
            }
        }
        System.out.print(ReportTables.load(results, "pages/s"));
        return 0;
    }
}
