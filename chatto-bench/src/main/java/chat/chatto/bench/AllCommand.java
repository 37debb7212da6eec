package chat.chatto.bench;

import chat.chatto.bench.load.Account;
import chat.chatto.bench.load.ChattoApi;
import chat.chatto.bench.load.FanOutResult;
import chat.chatto.bench.load.LoadResult;
import chat.chatto.bench.load.PostingLoad;
import chat.chatto.bench.process.ChattoServer;
import chat.chatto.bench.process.Stage;
import chat.chatto.bench.process.Stage.Durability;
import chat.chatto.bench.raw.RawPublish;
import chat.chatto.bench.report.Growth;
import chat.chatto.bench.report.Machine;
import chat.chatto.bench.report.Report;
import chat.chatto.bench.report.ReportTables;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;

/** Everything, on servers of its own: the table, the JSON and the charts of the documentation. */
@Command(
        name = "all",
        mixinStandardHelpOptions = true,
        description = "Measures everything and writes the report and the charts.")
final class AllCommand implements Callable<Integer> {

    private static final List<Integer> POSTERS = List.of(1, 16, 64);
    private static final List<Integer> ROOMS = List.of(1, 16);
    private static final double OPEN_LOOP_RATE = 1_000;
    private static final double FAN_OUT_RATE = 20;
    private static final int MEMBERS = 64;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            defaultValue = "docs/performance",
            description = "For the report and the charts (default: ${DEFAULT-VALUE}).")
    private Path output = Path.of("");

    @Option(
            names = "--sizes",
            paramLabel = "N",
            split = ",",
            defaultValue = "1000,10000,100000,1000000",
            description = "Messages of history, ascending (default: ${DEFAULT-VALUE}).")
    private List<Long> sizes = List.of();

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
            names = "--users",
            paramLabel = "N",
            defaultValue = "100000",
            description = "Accounts of the crowd (default: ${DEFAULT-VALUE}).")
    private int users;

    @Option(
            names = "--crowd-rooms",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Rooms of the crowd (default: ${DEFAULT-VALUE}).")
    private int crowdRooms;

    @Option(
            names = "--sockets",
            paramLabel = "N",
            defaultValue = "1000",
            description = "WebSockets (default: ${DEFAULT-VALUE}).")
    private int sockets;

    @Option(
            names = "--growth-messages",
            paramLabel = "N",
            defaultValue = "500000",
            description = "Messages to see memory grow by (default: ${DEFAULT-VALUE}).")
    private long growthMessages;

    @Mixin private ServerOptions server = new ServerOptions();

    @Mixin private RunOptions run = new RunOptions();

    @Override
    public Integer call() throws Exception {
        Notebook notebook;
        try (Stage stage = server.stage()) {
            notebook = loaded(stage);
        }
        Duration settle = Duration.ofSeconds(settleSeconds);
        try (Stage stage = server.stage()) {
            new HistoryRun(stage, run, ROOMS.getLast(), starts, settle).measure(sizes, notebook);
            new CrowdRun(stage, run, starts, settle)
                    .measure(users, crowdRooms, sizes.getLast(), notebook);
        }
        System.out.println();
        System.out.print(ReportTables.of(notebook.report()));
        return 0;
    }

    private Notebook loaded(Stage stage) throws Exception {
        try (ChattoServer chatto = stage.start(Durability.SHIPPED)) {
            ChattoApi api = run.api(chatto.target());
            RunName name = new RunName();
            List<Account> accounts = api.register(name.logins(), MEMBERS);
            RawPublish raw = run.raw(stage.natsUrl(), stage.natsToken());
            Machine machine = Machine.here(raw.serverVersion(), stage.directory());
            Notebook notebook =
                    new Notebook(output, Report.begin(Instant.now(), run.seed(), machine));
            post(notebook, api, name, accounts);
            LoadResult published = raw.run(MEMBERS);
            notebook.note(report -> report.plusRaw(published));
            String room = api.createRooms(name.rooms("fanout"), 1, accounts).getFirst();
            FanOutResult fanOut =
                    run.fanOut(api)
                            .run(
                                    sockets,
                                    FAN_OUT_RATE,
                                    room,
                                    accounts,
                                    () -> chatto.memory().resident());
            notebook.note(report -> report.plusFanOut(fanOut));
            Growth growth =
                    GrowthCommand.measure(
                            api,
                            run,
                            chatto.chattoPid(),
                            ROOMS.getLast(),
                            growthMessages / 10,
                            growthMessages);
            notebook.note(report -> report.withGrowth(growth));
            return notebook;
        }
    }

    private void post(Notebook notebook, ChattoApi api, RunName name, List<Account> accounts)
            throws IOException, InterruptedException {
        PostingLoad load = run.posting(api, accounts);
        for (int rooms : ROOMS) {
            List<String> ids = api.createRooms(name.rooms("load" + rooms), rooms, accounts);
            for (int posters : POSTERS) {
                LoadResult closed = load.closedLoop(posters, ids);
                notebook.note(report -> report.plusPosting(closed));
            }
            LoadResult open = load.openLoop(OPEN_LOOP_RATE, MEMBERS, ids);
            notebook.note(report -> report.plusPosting(open));
        }
    }
}
