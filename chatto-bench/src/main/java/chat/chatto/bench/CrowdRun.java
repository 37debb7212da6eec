package chat.chatto.bench;

import chat.chatto.bench.load.Account;
import chat.chatto.bench.load.ChattoApi;
import chat.chatto.bench.load.LoadResult;
import chat.chatto.bench.process.ChattoServer;
import chat.chatto.bench.process.ProcessMemory;
import chat.chatto.bench.process.Stage;
import chat.chatto.bench.process.Stage.Durability;
import chat.chatto.bench.report.EntityStart;
import chat.chatto.bench.seed.AccountSeed;
import chat.chatto.bench.seed.SeedStorage;
import chat.chatto.storage.Storage;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many users and rooms, on top of whatever history the stage holds: how long a server takes to come up, alone and beside a busy one. */
final class CrowdRun {

    private static final int POSTERS = 16;
    private static final double POSTS_PER_SECOND = 500;
    private static final double MEBIBYTE = 1024 * 1024;

    private final Stage stage;
    private final RunOptions run;
    private final int starts;
    private final Duration settle;

    CrowdRun(Stage stage, RunOptions run, int starts, Duration settle) {
        this.stage = stage;
        this.run = run;
        this.starts = starts;
        this.settle = settle;
    }

    /** @param messages that the stage holds already, for the report */
    void measure(int users, int rooms, long messages, Notebook notebook) throws Exception {
        try (ChattoServer server = stage.start(Durability.RELAXED)) {
            RunName name = new RunName();
            try (Storage storage = SeedStorage.open(stage.natsUrl(), stage.natsToken())) {
                new AccountSeed(storage).write(users, "s" + name.logins(), ChattoApi.PASSWORD);
            }
            ChattoApi api = run.api(server.target());
            List<Account> owners = api.register(name.logins(), 1);
            api.createRooms(name.rooms("crowd"), rooms, owners);
            Thread.sleep(settle);
        }
        double[] alone = new double[starts];
        double[] resident = new double[starts];
        double[] nats = new double[starts];
        for (int start = 0; start < starts; start++) {
            try (ChattoServer server = stage.start(Durability.SHIPPED)) {
                ProcessMemory natsMemory = server.natsMemory();
                alone[start] = server.startTime().toNanos() / 1e6;
                resident[start] = server.memory().resident() / MEBIBYTE;
                nats[start] = natsMemory == null ? 0 : natsMemory.resident() / MEBIBYTE;
            }
        }
        double[] besideLoad = besideLoad();
        EntityStart result =
                new EntityStart(
                        users,
                        rooms,
                        messages,
                        starts,
                        Medians.of(alone),
                        Medians.of(besideLoad),
                        Arrays.stream(besideLoad).max().orElseThrow(),
                        Medians.of(resident),
                        Medians.of(nats));
        notebook.note(report -> report.withEntityStart(result));
    }

    /** Starts second servers on the storage of a first one that people post through. */
    private double[] besideLoad() throws IOException, InterruptedException {
        double[] millis = new double[starts];
        try (ChattoServer busy = stage.start(Durability.SHIPPED);
                ExecutorService background = Executors.newSingleThreadExecutor()) {
            ChattoApi api = run.api(busy.target());
            RunName name = new RunName();
            List<Account> posters = api.register(name.logins(), POSTERS);
            List<String> rooms = api.createRooms(name.rooms("busy"), POSTERS, posters);
            Future<LoadResult> load =
                    background.submit(
                            () ->
                                    run.posting(api, posters, Duration.ofSeconds(10L * starts))
                                            .openLoop(POSTS_PER_SECOND, POSTERS, rooms));
            for (int start = 0; start < starts; start++) {
                try (ChattoServer second = stage.startBeside()) {
                    millis[start] = second.startTime().toNanos() / 1e6;
                }
            }
            LoadResult posted = load.get();
            System.err.println("posted beside the starts: " + posted.outcomes());
            return millis;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the load beside the starts failed", e.getCause());
        }
    }
}
