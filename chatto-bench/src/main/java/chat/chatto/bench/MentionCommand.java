package chat.chatto.bench;

import chat.chatto.bench.http.HttpConnection;
import chat.chatto.bench.load.Account;
import chat.chatto.bench.load.ChattoApi;
import chat.chatto.bench.load.LoadResult;
import chat.chatto.bench.load.PostingLoad;
import chat.chatto.bench.process.ChattoServer;
import chat.chatto.bench.process.Stage;
import chat.chatto.bench.report.ReportTables;
import chat.chatto.bench.seed.MemberSeed;
import chat.chatto.bench.seed.SeedStorage;
import chat.chatto.storage.EventLog;
import chat.chatto.storage.Storage;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** Mentions everybody in a large room, again and again, while others post elsewhere. */
@Command(
        name = "mention",
        mixinStandardHelpOptions = true,
        description =
                "Mentions all members of a large room and measures what posts elsewhere feel of"
                        + " it.")
final class MentionCommand implements Callable<Integer> {

    private static final int POSTERS = 16;
    private static final int OTHER_ROOMS = 16;
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final long LOOK_MILLIS = 10;

    @Option(
            names = "--members",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Members of the large room (default: ${DEFAULT-VALUE}).")
    private int members;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "100",
            description = "Posts a second into other rooms (default: ${DEFAULT-VALUE}).")
    private double rate;

    @Option(
            names = "--pause",
            paramLabel = "MILLISECONDS",
            defaultValue = "0",
            description = "Rest between two mentions (default: ${DEFAULT-VALUE}).")
    private long pauseMillis;

    @Mixin private ServerOptions server = new ServerOptions();

    @Mixin private RunOptions run = new RunOptions();

    @Override
    public Integer call() throws Exception {
        try (Stage stage = server.stage();
                ChattoServer running = stage.start(Stage.Durability.SHIPPED);
                Storage storage = SeedStorage.open(stage.natsUrl(), stage.natsToken())) {
            ChattoApi api = run.api(running.target());
            RunName name = new RunName();
            List<Account> accounts = api.register(name.logins(), POSTERS);
            List<String> others = api.createRooms(name.rooms("other"), OTHER_ROOMS, accounts);
            String crowd =
                    api.createRooms(name.rooms("crowd"), 1, accounts.subList(0, 2)).getFirst();
            new MemberSeed(storage).write(crowd, members);

            PostingLoad load = run.posting(api, accounts);
            LoadResult without = load.openLoop(rate, POSTERS, others);
            var ended = new AtomicBoolean();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<List<Duration>> mentions =
                        threads.submit(
                                () -> mention(api, accounts.getFirst(), crowd, storage, ended));
                LoadResult during = load.openLoop(rate, POSTERS, others);
                ended.set(true);
                System.out.print(ReportTables.load(List.of(without, during), "posts/s"));
                report(mentions.get(), without, during);
            } catch (ExecutionException e) {
                throw new IllegalStateException("a mention failed", e.getCause());
            }
        }
        return 0;
    }

    private void report(List<Duration> fanOuts, LoadResult without, LoadResult during) {
        List<Duration> sorted = fanOuts.stream().sorted().toList();
        System.out.printf(
                "%d mentions of %,d members: fan-out median %d ms, longest %d ms%n"
                        + "p99 of other posts: %.1f ms without, %.1f ms meanwhile (%.2f times)%n",
                sorted.size(),
                members,
                sorted.get(sorted.size() / 2).toMillis(),
                sorted.getLast().toMillis(),
                without.latency().p99(),
                during.latency().p99(),
                during.latency().p99() / without.latency().p99());
    }

    /** @return how long each took, from the answer to the post to the last notification */
    private List<Duration> mention(
            ChattoApi api, Account author, String room, Storage storage, AtomicBoolean ended)
            throws IOException, InterruptedException {
        EventLog notifications = storage.notifications();
        List<Duration> fanOuts = new ArrayList<>();
        try (HttpConnection connection = api.connect(author)) {
            while (!ended.get()) {
                long expected = notifications.extent().last() + members;
                int status =
                        connection
                                .send(
                                        "POST",
                                        "/api/v1/rooms/" + room + "/messages",
                                        "{\"body\":\"@all lunch?\"}",
                                        null)
                                .status();
                if (status >= 300) {
                    throw new IOException("a mention was answered " + status);
                }
                long posted = System.nanoTime();
                while (notifications.extent().last() < expected) {
                    if (System.nanoTime() - posted > LONGEST.toNanos()) {
                        throw new IOException("notifications are missing after " + LONGEST);
                    }
                    Thread.sleep(LOOK_MILLIS);
                }
                fanOuts.add(Duration.ofNanos(System.nanoTime() - posted));
                Thread.sleep(pauseMillis);
            }
        }
        return fanOuts;
    }
}
