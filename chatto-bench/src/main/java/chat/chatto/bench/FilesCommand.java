package chat.chatto.bench;

import chat.chatto.bench.load.Account;
import chat.chatto.bench.load.ChattoApi;
import chat.chatto.bench.load.FileTransfer;
import chat.chatto.bench.process.ChattoServer;
import chat.chatto.bench.process.MemoryWatch;
import chat.chatto.bench.process.Stage;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Sends files, several at once, and seeks in a large one. */
@Command(
        name = "files",
        mixinStandardHelpOptions = true,
        description =
                "Measures what memory several uploads take, and how soon a seek in a large film is"
                        + " answered.")
final class FilesCommand implements Callable<Integer> {

    private static final long MEGABYTE = 1 << 20;
    private static final int WARM_UP_MEGABYTES = 16;

    @Option(
            names = "--files",
            paramLabel = "N",
            defaultValue = "8",
            description = "Files that are sent at once (default: ${DEFAULT-VALUE}).")
    private int files;

    @Option(
            names = "--size",
            paramLabel = "MEGABYTES",
            defaultValue = "100",
            description = "How large each is (default: ${DEFAULT-VALUE}).")
    private int megabytes;

    @Option(
            names = "--film",
            paramLabel = "MEGABYTES",
            defaultValue = "1024",
            description = "How large the film is that is sought in (default: ${DEFAULT-VALUE}).")
    private int filmMegabytes;

    @Option(
            names = "--seeks",
            paramLabel = "N",
            defaultValue = "200",
            description = "How often (default: ${DEFAULT-VALUE}).")
    private int seeks;

    @Mixin private ServerOptions server = new ServerOptions();

    @Mixin private RunOptions run = new RunOptions();

    @Override
    public Integer call() throws Exception {
        long largest = Math.max(megabytes, filmMegabytes) * MEGABYTE;
        try (Stage stage = server.stage();
                ChattoServer running =
                        stage.start(
                                Stage.Durability.SHIPPED,
                                Map.of("CHATTO_VIDEO_MAX_UPLOAD_SIZE", Long.toString(largest)))) {
            ChattoApi api = run.api(running.target());
            RunName name = new RunName();
            List<Account> accounts = api.register(name.logins(), files);
            String room = api.createRooms(name.rooms("files"), 1, accounts).getFirst();
            List<FileTransfer> transfers =
                    accounts.stream()
                            .map(account -> new FileTransfer(running.target(), account, room))
                            .toList();
            transfers.getFirst().upload(WARM_UP_MEGABYTES * MEGABYTE);
            uploads(running, transfers);
            seeks(transfers.getFirst());
        }
        return 0;
    }

    private void uploads(ChattoServer running, List<FileTransfer> transfers) throws Exception {
        long began = System.nanoTime();
        try (MemoryWatch memory = MemoryWatch.of(running.chattoPid());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> sent = new ArrayList<>();
            for (FileTransfer transfer : transfers) {
                sent.add(threads.submit(() -> transfer.upload(megabytes * MEGABYTE)));
            }
            for (Future<String> upload : sent) {
                upload.get();
            }
            double seconds = (System.nanoTime() - began) / 1e9;
            System.out.printf(
                    "%d uploads of %d MB at once: %.1f s, %.0f MB/s; server's memory %d MB before,"
                            + " %d MB at most (+%d MB)%n",
                    transfers.size(),
                    megabytes,
                    seconds,
                    transfers.size() * megabytes / seconds,
                    memory.before() / MEGABYTE,
                    memory.most() / MEGABYTE,
                    (memory.most() - memory.before()) / MEGABYTE);
        }
    }

    private void seeks(FileTransfer transfer) throws Exception {
        long size = filmMegabytes * MEGABYTE;
        String url = transfer.post(transfer.upload(size));
        var random = new Random(1);
        List<Duration> firstBytes = new ArrayList<>();
        for (int i = 0; i < seeks; i++) {
            firstBytes.add(transfer.firstByte(url, random.nextLong(size)));
        }
        List<Duration> sorted = firstBytes.stream().sorted().toList();
        System.out.printf(
                "%d seeks in a film of %d MB: first byte after %.1f ms (median), %.1f ms (99%%),"
                        + " %.1f ms (longest)%n",
                seeks,
                filmMegabytes,
                millis(sorted.get(seeks / 2)),
                millis(sorted.get(seeks * 99 / 100)),
                millis(sorted.getLast()));
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }
}
