package chat.chatto.bench;

import chat.chatto.bench.http.HttpConnection;
import chat.chatto.bench.load.Account;
import chat.chatto.bench.load.ChattoApi;
import chat.chatto.bench.load.LoadResult;
import chat.chatto.bench.load.ManyWords;
import chat.chatto.bench.load.SearchLoad;
import chat.chatto.bench.process.ChattoServer;
import chat.chatto.bench.process.Stage;
import chat.chatto.bench.process.Stage.Durability;
import chat.chatto.bench.report.ReportTables;
import chat.chatto.bench.seed.HistorySeed;
import chat.chatto.bench.seed.SeedStorage;
import chat.chatto.core.account.UserId;
import chat.chatto.core.room.RoomId;
import chat.chatto.storage.Storage;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Makes an index of a large history, searches in it, and posts with it and without. */
@Command(
        name = "search",
        mixinStandardHelpOptions = true,
        description = "Measures making the index, searching, and what posting costs with it.")
final class SearchCommand implements Callable<Integer> {

    private static final int AUTHORS = 64;
    private static final int SEARCHERS = 4;
    private static final Duration LONGEST_BUILD = Duration.ofMinutes(30);
    private static final long LOOK_MILLIS = 100;
    private static final double MEBIBYTE = 1024 * 1024;

    @Option(
            names = "--messages",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "Messages to search among (default: ${DEFAULT-VALUE}).")
    private long messages;

    @Option(
            names = "--history-rooms",
            paramLabel = "N",
            defaultValue = "16",
            description = "Rooms that share them (default: ${DEFAULT-VALUE}).")
    private int rooms;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description =
                    "How often posting is measured with and without (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--settle",
            paramLabel = "SECONDS",
            defaultValue = "20",
            description = "Rest after the history was written (default: ${DEFAULT-VALUE}).")
    private long settleSeconds;

    @Mixin private ServerOptions server = new ServerOptions();

    @Mixin private RunOptions run = new RunOptions();

    @Override
    public Integer call() throws Exception {
        RunName name = new RunName();
        ManyWords words = new ManyWords();
        try (Stage stage = server.stage()) {
            List<Account> accounts;
            List<String> ids;
            try (ChattoServer running = stage.without(Durability.RELAXED, "search")) {
                ChattoApi api = run.api(running.target());
                accounts = api.register(name.logins(), AUTHORS);
                ids = api.createRooms(name.rooms("search"), rooms, accounts);
                write(stage, words, accounts, ids);
                Thread.sleep(Duration.ofSeconds(settleSeconds));
            }
            try (ChattoServer running = stage.start(Durability.SHIPPED)) {
                awaitIndex(running);
                System.out.printf(
                        "index of %,d messages: %.0f MiB, server %.0f MiB resident%n",
                        messages,
                        size(stage.data().resolve("search")) / MEBIBYTE,
                        running.memory().resident() / MEBIBYTE);
                List<String> logins = accounts.stream().map(Account::login).toList();
                search(
                        run.api(running.target()),
                        accounts.getFirst(),
                        SearchLoad.kinds(words, logins, names(name)));
                System.out.printf(
                        "server %.0f MiB resident after searching%n",
                        running.memory().resident() / MEBIBYTE);
            }
            post(stage, accounts, ids);
        }
        return 0;
    }

    private List<String> names(RunName name) {
        List<String> names = new ArrayList<>();
        for (int room = 0; room < rooms; room++) {
            names.add(name.rooms("search") + "-" + room);
        }
        return names;
    }

    private void write(Stage stage, ManyWords words, List<Account> accounts, List<String> ids)
            throws InterruptedException {
        try (Storage storage = SeedStorage.open(stage.natsUrl(), stage.natsToken())) {
            new HistorySeed(
                            storage,
                            stage.secretKey(),
                            random -> words.texts(run.bodyBytes(), random),
                            run.seed())
                    .write(
                            messages,
                            ids.stream().map(RoomId::new).toList(),
                            accounts.stream().map(account -> new UserId(account.id())).toList());
        }
    }

    /** The server has an empty index: how long until it has all in it. */
    private void awaitIndex(ChattoServer running) throws IOException, InterruptedException {
        long start = System.nanoTime();
        try (HttpConnection connection =
                new HttpConnection(running.target(), run.timeout(), null)) {
            while (true) {
                JsonObject ready =
                        JsonParser.parseString(connection.get("/readyz").text()).getAsJsonObject();
                String state = ready.getAsJsonObject("search").get("state").getAsString();
                double seconds = (System.nanoTime() - start) / 1e9;
                if (state.equals("current")) {
                    System.out.printf(
                            "index made in %.1f s (%,.0f messages/s)%n",
                            seconds, messages / seconds);
                    return;
                }
                if (seconds > LONGEST_BUILD.toSeconds()) {
                    throw new IOException("the index is not made after " + LONGEST_BUILD);
                }
                Thread.sleep(LOOK_MILLIS);
            }
        }
    }

    private void search(ChattoApi api, Account reader, List<SearchLoad.Kind> kinds)
            throws InterruptedException {
        List<LoadResult> results = new ArrayList<>();
        var all = new SearchLoad(api, reader, run.warmUp(), run.duration(), run.seed());
        results.add(all.run("all kinds, 1 at a time", 1, kinds));
        results.add(all.run("all kinds, %d at a time".formatted(SEARCHERS), SEARCHERS, kinds));
        var each =
                new SearchLoad(
                        api, reader, Duration.ofSeconds(1), Duration.ofSeconds(4), run.seed());
        for (SearchLoad.Kind kind : kinds) {
            results.add(each.run(kind.name(), 1, List.of(kind)));
        }
        System.out.print(ReportTables.load(results, "searches/s"));
    }

    /** In turns, so that a machine that slows down slows both. */
    private void post(Stage stage, List<Account> accounts, List<String> ids)
            throws IOException, InterruptedException {
        List<LoadResult> results = new ArrayList<>();
        double[] without = new double[rounds];
        double[] with = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            try (ChattoServer running = stage.without(Durability.SHIPPED, "search")) {
                LoadResult result =
                        run.posting(run.api(running.target()), accounts).closedLoop(AUTHORS, ids);
                without[round] = result.perSecond();
                results.add(result);
            }
            try (ChattoServer running = stage.start(Durability.SHIPPED)) {
                awaitIndex(running);
                LoadResult result =
                        run.posting(run.api(running.target()), accounts).closedLoop(AUTHORS, ids);
                with[round] = result.perSecond();
                results.add(result);
            }
        }
        System.out.print(ReportTables.load(results, "posts/s"));
        System.out.printf(
                "posts/s, median of %d: %,.0f without search, %,.0f with it (%.0f %%)%n",
                rounds,
                Medians.of(without),
                Medians.of(with),
                100 * Medians.of(with) / Medians.of(without));
    }

    private static long size(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }
}
