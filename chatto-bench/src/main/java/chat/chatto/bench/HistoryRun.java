package chat.chatto.bench;

import chat.chatto.bench.load.Account;
import chat.chatto.bench.load.ChattoApi;
import chat.chatto.bench.load.LoadResult;
import chat.chatto.bench.load.PageLoad;
import chat.chatto.bench.load.PageLoad.Depth;
import chat.chatto.bench.process.ChattoServer;
import chat.chatto.bench.process.ProcessMemory;
import chat.chatto.bench.process.Stage;
import chat.chatto.bench.process.Stage.Durability;
import chat.chatto.bench.report.HistoryPoint;
import chat.chatto.bench.seed.HistorySeed;
import chat.chatto.bench.seed.SeedStorage;
import chat.chatto.core.account.UserId;
import chat.chatto.core.room.RoomId;
import chat.chatto.storage.Storage;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Grows one history step by step and, at each size, starts the server several times and reads pages. */
final class HistoryRun {

    private static final int AUTHORS = 64;
    private static final double MEBIBYTE = 1024 * 1024;

    private final Stage stage;
    private final RunOptions run;
    private final int rooms;
    private final int starts;
    private final Duration settle;

    /** @param settle how long the server is left alone after the history has grown, to fold and purge its log */
    HistoryRun(Stage stage, RunOptions run, int rooms, int starts, Duration settle) {
        this.stage = stage;
        this.run = run;
        this.rooms = rooms;
        this.starts = starts;
        this.settle = settle;
    }

    /**
     * Measures at each size; notes a point for each, and the page reads at the greatest.
     *
     * @param sizes of the history in messages, ascending
     */
    void measure(List<Long> sizes, Notebook notebook) throws IOException, InterruptedException {
        List<Account> authors = List.of();
        List<String> ids = List.of();
        long written = 0;
        for (long size : sizes) {
            try (ChattoServer server = stage.start(Durability.RELAXED)) {
                ChattoApi api = run.api(server.target());
                if (ids.isEmpty()) {
                    RunName name = new RunName();
                    authors = api.register(name.logins(), AUTHORS);
                    ids = api.createRooms(name.rooms("history"), rooms, authors);
                }
                write(size - written, ids, authors);
                written = size;
                Thread.sleep(settle);
            }
            List<LoadResult> pages = new ArrayList<>();
            HistoryPoint point = point(size, ids, authors.getFirst(), pages);
            notebook.note(report -> report.plusHistory(point));
            if (size == sizes.getLast()) {
                for (LoadResult result : pages) {
                    notebook.note(report -> report.plusPage(result));
                }
            }
        }
    }

    /** Through the timeline engine: what it stores is what posting over HTTP stores. */
    private void write(long messages, List<String> ids, List<Account> authors)
            throws InterruptedException {
        try (Storage storage = SeedStorage.open(stage.natsUrl(), stage.natsToken())) {
            new HistorySeed(storage, stage.secretKey(), run.bodyBytes(), run.seed())
                    .write(
                            messages,
                            ids.stream().map(RoomId::new).toList(),
                            authors.stream().map(author -> new UserId(author.id())).toList());
        }
    }

    private HistoryPoint point(long size, List<String> ids, Account reader, List<LoadResult> pages)
            throws IOException, InterruptedException {
        double[] millis = new double[starts];
        double[] resident = new double[starts];
        double[] proportional = new double[starts];
        double[] nats = new double[starts];
        for (int start = 0; start < starts; start++) {
            try (ChattoServer server = stage.start(Durability.SHIPPED)) {
                ProcessMemory chatto = server.memory();
                ProcessMemory natsMemory = server.natsMemory();
                millis[start] = server.startTime().toNanos() / 1e6;
                resident[start] = chatto.resident() / MEBIBYTE;
                proportional[start] = chatto.proportional() / MEBIBYTE;
                nats[start] = natsMemory == null ? 0 : natsMemory.resident() / MEBIBYTE;
                if (start == starts - 1) {
                    readPages(server, ids, reader, pages);
                }
            }
        }
        return new HistoryPoint(
                size,
                starts,
                Medians.of(millis),
                Medians.of(resident),
                Medians.of(proportional),
                Medians.of(nats),
                pages.get(0).latency().p50(),
                pages.get(2).latency().p50(),
                pages.get(2).latency().p99());
    }

    private void readPages(
            ChattoServer server, List<String> ids, Account reader, List<LoadResult> pages)
            throws IOException, InterruptedException {
        PageLoad load = run.pages(run.api(server.target()), reader);
        for (Depth depth : Depth.values()) {
            pages.add(load.run(1, depth, ids));
            pages.add(load.run(8, depth, ids));
        }
    }
}
